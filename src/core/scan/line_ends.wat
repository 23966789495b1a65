;; Counts and finds line ends, sixteen bytes at a time: the other part of line_filter.wat's module.
;; The first place from $at on where $byte stands, or $end.
(func (export "find") (param $byte i32) (param $at i32) (param $end i32) (result i32)
  (local $places i32)
  (loop $blocks
    (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (local.get $end))))
    (local.set $places
      (i8x16.bitmask
        (i8x16.eq (v128.load (local.get $at)) (i8x16.splat (local.get $byte)))))
    (if (local.get $places)
      (then
        (local.set $at (i32.add (local.get $at) (i32.ctz (local.get $places))))
        (return
          (select (local.get $at) (local.get $end)
            (i32.lt_u (local.get $at) (local.get $end))))))
    (local.set $at (i32.add (local.get $at) (i32.const 16)))
    (br $blocks))
  unreachable)

;; A bit for each of the sixteen places from $at on where a line ends: with an LF, or with a CR
;; that no LF follows.
(func $ends (param $at i32) (result i32)
  (local $bytes v128)
  (local.set $bytes (v128.load (local.get $at)))
  (i8x16.bitmask
    (v128.or
      (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 10)))
      (v128.andnot
        (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 13)))
        (i8x16.eq (v128.load offset=1 (local.get $at)) (i8x16.splat (i32.const 10)))))))

;; Line ends from $at to $end: where whole blocks have no CR, which is nearly always, sixteen
;; lanes count their LFs, two blocks in a turn, and are added up before one can overflow. The constants
;; are locals, for in the loop each would be made anew at each use.
(func (export "lineEnds") (param $at i32) (param $end i32) (result i32)
  (local $count i32) (local $from i32) (local $to i32) (local $lf v128) (local $cr v128)
  (local $lanes v128) (local $returns v128) (local $bytes v128) (local $more v128)
  (local.set $lf (i8x16.splat (i32.const 10)))
  (local.set $cr (i8x16.splat (i32.const 13)))
  (loop $spans
    (local.set $from (local.get $at))
    (local.set $to
      (i32.add (local.get $at)
        (select (i32.const 4064) (i32.and (i32.sub (local.get $end) (local.get $at)) (i32.const -32))
          (i32.ge_u (i32.sub (local.get $end) (local.get $at)) (i32.const 4064)))))
    (if (i32.lt_u (local.get $at) (local.get $to))
      (then
        (local.set $lanes (v128.const i64x2 0 0))
        (local.set $returns (v128.const i64x2 0 0))
        (loop $blocks
          (local.set $bytes (v128.load (local.get $at)))
          (local.set $more (v128.load offset=16 (local.get $at)))
          (local.set $lanes
            (i8x16.sub (local.get $lanes)
              (i8x16.add
                (i8x16.eq (local.get $bytes) (local.get $lf))
                (i8x16.eq (local.get $more) (local.get $lf)))))
          (local.set $returns
            (v128.or (local.get $returns)
              (v128.or
                (i8x16.eq (local.get $bytes) (local.get $cr))
                (i8x16.eq (local.get $more) (local.get $cr)))))
          (local.set $at (i32.add (local.get $at) (i32.const 32)))
          (br_if $blocks (i32.lt_u (local.get $at) (local.get $to))))
        (if (v128.any_true (local.get $returns))
          (then
            (local.set $count
              (i32.add (local.get $count)
                (call $exactEnds (local.get $from) (local.get $to)))))
          (else
            (local.set $lanes
              (i32x4.extadd_pairwise_i16x8_u (i16x8.extadd_pairwise_i8x16_u (local.get $lanes))))
            (local.set $count
              (i32.add (local.get $count)
                (i32.add
                  (i32.add
                    (i32x4.extract_lane 0 (local.get $lanes))
                    (i32x4.extract_lane 1 (local.get $lanes)))
                  (i32.add
                    (i32x4.extract_lane 2 (local.get $lanes))
                    (i32x4.extract_lane 3 (local.get $lanes))))))))
        (br $spans))))
  (i32.add (local.get $count) (call $exactEnds (local.get $at) (local.get $end))))

;; Line ends from $at to $end, block by block.
(func $exactEnds (param $at i32) (param $end i32) (result i32)
  (local $count i32) (local $beyond i32)
  (loop $blocks
    (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (local.get $count))))
    (local.set $beyond (i32.sub (i32.add (local.get $at) (i32.const 16)) (local.get $end)))
    (local.set $count
      (i32.add (local.get $count)
        (i32.popcnt
          (i32.and
            (call $ends (local.get $at))
            (i32.shr_u (i32.const 0xffff)
              (select (local.get $beyond) (i32.const 0)
                (i32.gt_s (local.get $beyond) (i32.const 0))))))))
    (local.set $at (i32.add (local.get $at) (i32.const 16)))
    (br $blocks))
  unreachable)

;; Where the last $count lines before $end begin: behind the line end before them, or $start.
;; $end stands behind a line end, which is the end of the last of them.
(func (export "lastLines") (param $start i32) (param $end i32) (param $count i32) (result i32)
  (local $at i32) (local $ends i32) (local $found i32)
  (local.set $at (local.get $end))
  (local.set $count (i32.add (local.get $count) (i32.const 1)))
  (loop $blocks
    (if (i32.le_u (local.get $at) (local.get $start)) (then (return (local.get $start))))
    (local.set $at (i32.sub (local.get $at) (i32.const 16)))
    (local.set $ends (call $ends (local.get $at)))
    ;; What lies before $start in this block is not ours.
    (if (i32.lt_u (local.get $at) (local.get $start))
      (then
        (local.set $ends
          (i32.and (local.get $ends)
            (i32.shl (i32.const 0xffff) (i32.sub (local.get $start) (local.get $at)))))))
    (local.set $found (i32.popcnt (i32.and (local.get $ends) (i32.const 0xffff))))
    (if (i32.lt_u (local.get $found) (local.get $count))
      (then
        (local.set $count (i32.sub (local.get $count) (local.get $found)))
        (br $blocks)))
    ;; In this block: the $count-th end from its end.
    (local.set $ends (i32.and (local.get $ends) (i32.const 0xffff)))
    (loop $lowest
      (if (i32.gt_u (local.get $found) (local.get $count))
        (then
          (local.set $ends
            (i32.and (local.get $ends) (i32.sub (local.get $ends) (i32.const 1))))
          (local.set $found (i32.sub (local.get $found) (i32.const 1)))
          (br $lowest))))
    (return (i32.add (local.get $at) (i32.add (i32.ctz (local.get $ends)) (i32.const 1)))))
  unreachable)
