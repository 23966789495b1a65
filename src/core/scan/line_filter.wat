;; Finds, sixteen bytes at a time, where in a chunk of output one of the patterns may begin, and
;; counts and finds line ends. filter_tables.ts fills the tables, line_filter.ts is the way in.
;;
;; The search is that of Hyperscan's Teddy: each bucket of patterns has a bit. For each of four
;; neighbouring bytes two tables, by low and by high nibble, say which buckets have such a byte in
;; that place; the bits that all eight leave stand for a pattern that may begin there. A swizzle
;; looks sixteen nibbles up at once. What is left is looked up as a whole before JavaScript hears
;; of it: its first two bytes in a plain bitmap, then three to five of them in a Bloom filter.
;;
;; Memory: 0 nibble tables (256 bytes) · 0x400 begins, 0x2400 pairs, 0x4400 grams (8 KiB each) ·
;; 0x10000 the chunk (up to 256 KiB) and a page that loads beyond its end may touch ·
;; 0x60000 room for a chunk that is read into this memory, and another page.
(module
  (memory (export "memory") 11)

  ;; Whether both bits of $key are set; the hashes are those of gram_set.ts.
  (func $gram (param $key i32) (result i32)
    (local $second i32)
    (local.set $second
      (i32.shr_u (i32.mul (local.get $key) (i32.const 0x85ebca77)) (i32.const 16)))
    (local.set $key
      (i32.shr_u (i32.mul (local.get $key) (i32.const 0x9e3779b1)) (i32.const 16)))
    (i32.and
      (i32.shr_u
        (i32.load8_u offset=0x4400 (i32.shr_u (local.get $key) (i32.const 3)))
        (i32.and (local.get $key) (i32.const 7)))
      (i32.shr_u
        (i32.load8_u offset=0x4400 (i32.shr_u (local.get $second) (i32.const 3)))
        (i32.and (local.get $second) (i32.const 7)))))

  ;; Whether a pattern's part begins at $at: by each of the keys of gram_set.ts, or by a pair.
  (func $known (param $at i32) (result i32)
    (local $gram i32) (local $pair i32)
    (local.set $gram (i32.load (local.get $at)))
    (local.set $pair (i32.and (local.get $gram) (i32.const 0xffff)))
    (i32.and (i32.const 1)
      (i32.or
        (i32.or
          (i32.or
            (call $gram
              (i32.xor (i32.const 0x55555555)
                (i32.add (local.get $gram)
                  (i32.mul (i32.load8_u offset=4 (local.get $at)) (i32.const 0x27d4eb2f)))))
            (call $gram
              (i32.xor (i32.const 0x33333333)
                (i32.add (local.get $gram)
                  (i32.mul
                    (i32.load8_u (i32.sub (local.get $at) (i32.const 1)))
                    (i32.const 0x27d4eb2f))))))
          (i32.or
            (call $gram (local.get $gram))
            (call $gram
              (i32.xor (i32.const 0x0f000000)
                (i32.and (local.get $gram) (i32.const 0xffffff))))))
        (i32.or
          (call $gram
            (i32.xor (i32.const 0xf0000000) (i32.shr_u (local.get $gram) (i32.const 8))))
          (i32.shr_u
            (i32.load8_u offset=0x2400 (i32.shr_u (local.get $pair) (i32.const 3)))
            (i32.and (local.get $pair) (i32.const 7)))))))

  ;; The first place from $at on where a pattern's part begins, or $end.
  ;; Written out place by place, for a call per lookup takes half of the speed. The indices of a
  ;; relaxed swizzle are below sixteen, where it is the same everywhere, and one instruction.
  ;; A constant in the loop would be made anew at each use.
  (func (export "next") (param $at i32) (param $end i32) (result i32)
    (local $bytes v128) (local $low v128) (local $high v128)
    (local $first v128) (local $second v128) ;; the groups of buckets
    (local $fifteen v128) (local $none v128)
    (local $places i32) (local $place i32) (local $pair i32)
    (local.set $fifteen (i8x16.splat (i32.const 15)))
    (loop $blocks
      (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (local.get $end))))

      (local.set $bytes (v128.load (local.get $at)))
      (local.set $low (v128.and (local.get $bytes) (local.get $fifteen)))
      (local.set $high
        (v128.and (i16x8.shr_u (local.get $bytes) (i32.const 4)) (local.get $fifteen)))
      (local.set $first
        (v128.and
          (i8x16.relaxed_swizzle (v128.load (i32.const 0)) (local.get $low))
          (i8x16.relaxed_swizzle (v128.load (i32.const 16)) (local.get $high))))
      (local.set $second
        (v128.and
          (i8x16.relaxed_swizzle (v128.load (i32.const 128)) (local.get $low))
          (i8x16.relaxed_swizzle (v128.load (i32.const 144)) (local.get $high))))

      (local.set $bytes (v128.load offset=1 (local.get $at)))
      (local.set $low (v128.and (local.get $bytes) (local.get $fifteen)))
      (local.set $high
        (v128.and (i16x8.shr_u (local.get $bytes) (i32.const 4)) (local.get $fifteen)))
      (local.set $first
        (v128.and (local.get $first)
          (v128.and
            (i8x16.relaxed_swizzle (v128.load (i32.const 32)) (local.get $low))
            (i8x16.relaxed_swizzle (v128.load (i32.const 48)) (local.get $high)))))
      (local.set $second
        (v128.and (local.get $second)
          (v128.and
            (i8x16.relaxed_swizzle (v128.load (i32.const 160)) (local.get $low))
            (i8x16.relaxed_swizzle (v128.load (i32.const 176)) (local.get $high)))))

      (local.set $bytes (v128.load offset=2 (local.get $at)))
      (local.set $low (v128.and (local.get $bytes) (local.get $fifteen)))
      (local.set $high
        (v128.and (i16x8.shr_u (local.get $bytes) (i32.const 4)) (local.get $fifteen)))
      (local.set $first
        (v128.and (local.get $first)
          (v128.and
            (i8x16.relaxed_swizzle (v128.load (i32.const 64)) (local.get $low))
            (i8x16.relaxed_swizzle (v128.load (i32.const 80)) (local.get $high)))))
      (local.set $second
        (v128.and (local.get $second)
          (v128.and
            (i8x16.relaxed_swizzle (v128.load (i32.const 192)) (local.get $low))
            (i8x16.relaxed_swizzle (v128.load (i32.const 208)) (local.get $high)))))

      (local.set $bytes (v128.load offset=3 (local.get $at)))
      (local.set $low (v128.and (local.get $bytes) (local.get $fifteen)))
      (local.set $high
        (v128.and (i16x8.shr_u (local.get $bytes) (i32.const 4)) (local.get $fifteen)))
      (local.set $first
        (v128.and (local.get $first)
          (v128.and
            (i8x16.relaxed_swizzle (v128.load (i32.const 96)) (local.get $low))
            (i8x16.relaxed_swizzle (v128.load (i32.const 112)) (local.get $high)))))
      (local.set $second
        (v128.and (local.get $second)
          (v128.and
            (i8x16.relaxed_swizzle (v128.load (i32.const 224)) (local.get $low))
            (i8x16.relaxed_swizzle (v128.load (i32.const 240)) (local.get $high)))))

      (local.set $bytes (v128.or (local.get $first) (local.get $second)))
      (if (v128.any_true (local.get $bytes))
        (then
          (local.set $places
            (i32.xor
              (i8x16.bitmask (i8x16.eq (local.get $bytes) (local.get $none)))
              (i32.const 0xffff)))
          (loop $candidates
            (local.set $place (i32.add (local.get $at) (i32.ctz (local.get $places))))
            (if (i32.ge_u (local.get $place) (local.get $end)) (then (return (local.get $end))))
            (local.set $pair (i32.load16_u (local.get $place)))
            (if (i32.and (i32.const 1)
                  (i32.shr_u
                    (i32.load8_u offset=0x400 (i32.shr_u (local.get $pair) (i32.const 3)))
                    (i32.and (local.get $pair) (i32.const 7))))
              (then (if (call $known (local.get $place)) (then (return (local.get $place))))))
            (local.set $places
              (i32.and (local.get $places) (i32.sub (local.get $places) (i32.const 1))))
            (br_if $candidates (local.get $places)))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br $blocks))
    unreachable)

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
  ;; lanes count their LFs, and are added up before one can overflow.
  (func (export "lineEnds") (param $at i32) (param $end i32) (result i32)
    (local $count i32) (local $from i32) (local $to i32)
    (local $lanes v128) (local $returns v128) (local $bytes v128)
    (loop $spans
      (local.set $from (local.get $at))
      (local.set $to
        (i32.add (local.get $at)
          (select (i32.const 4080) (i32.and (i32.sub (local.get $end) (local.get $at)) (i32.const -16))
            (i32.ge_u (i32.sub (local.get $end) (local.get $at)) (i32.const 4080)))))
      (if (i32.lt_u (local.get $at) (local.get $to))
        (then
          (local.set $lanes (v128.const i64x2 0 0))
          (local.set $returns (v128.const i64x2 0 0))
          (loop $blocks
            (local.set $bytes (v128.load (local.get $at)))
            (local.set $lanes
              (i8x16.sub (local.get $lanes)
                (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 10)))))
            (local.set $returns
              (v128.or (local.get $returns)
                (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 13)))))
            (local.set $at (i32.add (local.get $at) (i32.const 16)))
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
)
