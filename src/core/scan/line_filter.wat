;; Finds where in a chunk of output one of the patterns may begin. filter_tables.ts fills the tables,
;; line_filter.ts is the way in; line_ends.wat is the module's other part.
;;
;; The search is that of Hyperscan's Teddy: each bucket of patterns has a bit. For each of four
;; neighbouring bytes two tables, by low and by high nibble, say which buckets have such a byte in
;; that place; the bits that all eight leave stand for a pattern that may begin there. A swizzle
;; looks sixteen nibbles up at once. What is left is looked up as a whole before JavaScript hears
;; of it: its first two bytes in a plain bitmap, then three to five of them in a Bloom filter.
;;
;; Memory: 0 nibble tables (256 bytes) · 0x400 begins, 0x2400 pairs, 0x4400 grams (8 KiB each) ·
;; 0x8000 the tables of line_filter_x86.s (512 bytes), 0x8200 what it has counted · 0x10000 the chunk (up
;; to 256 KiB) and a page that loads beyond its end may touch · 0x60000 room for a chunk that is read
;; into this memory, and another page.
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

;; The first place from $at on where a pattern's part begins, or $end. A turn of the loop looks at two
;; blocks of sixteen bytes, which share the loads of the tables: there aren't registers for all.
;; search_places.ts writes out what is done for each block and place, for a call per lookup takes
;; half of the speed. A constant in the loop would be made anew at each use.
(func (export "next") (param $at i32) (param $end i32) (result i32)
  (local $bytes v128) (local $table v128) (local $fifteen v128) (local $none v128)
  (local $low0 v128) (local $high0 v128) (local $first0 v128) (local $second0 v128)
  (local $low1 v128) (local $high1 v128) (local $first1 v128) (local $second1 v128)
  (local $places i32) (local $place i32) (local $pair i32)
  (local.set $fifteen (i8x16.splat (i32.const 15)))
  (loop $blocks
    (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (local.get $end))))
    ;; @places
    (local.set $first0 (v128.or (local.get $first0) (local.get $second0)))
    (local.set $first1 (v128.or (local.get $first1) (local.get $second1)))
    (if (v128.any_true (v128.or (local.get $first0) (local.get $first1)))
      (then
        (local.set $places
          (i32.xor (i32.const -1)
            (i32.or
              (i8x16.bitmask (i8x16.eq (local.get $first0) (local.get $none)))
              (i32.shl
                (i8x16.bitmask (i8x16.eq (local.get $first1) (local.get $none)))
                (i32.const 16)))))
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
    (local.set $at (i32.add (local.get $at) (i32.const 32)))
    (br $blocks))
  unreachable)
