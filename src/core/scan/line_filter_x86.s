# What `next` of line_filter.wat does, for processors with AVX-512 VBMI (Intel since Ice Lake, AMD since
# Zen 4): four times as many bytes at a time, and whole bytes where a swizzle has to take nibbles.
# line_filter.wat says how the search works and where its tables lie. machine_code.ts of the host puts
# this into memory, native_search.ts calls it.
#
# A turn looks at 64 bytes. A table of 128 bytes says for each byte, without its highest bit, which
# buckets have it in a place: two registers for each of four places in both groups.
    .intel_syntax noprefix
    .text

    .set TABLES, 0x8000
    .set BEGINS, 0x400
    .set PAIRS, 0x2400
    .set GRAMS, 0x4400
    .set FIFTH, 0x27d4eb2f

# supported(): 1 if the processor has all of it and the kernel keeps its registers, else 0. It is asked
# itself, since an emulated one may stand beside the real one's /proc/cpuinfo.
supported:
    push rbx
    xor eax, eax
    cpuid
    cmp eax, 7
    jb no
    mov eax, 1
    cpuid
    bt ecx, 27                      # OSXSAVE: xgetbv may be asked
    jnc no
    xor ecx, ecx
    xgetbv
    and eax, 0xe6                   # the state of XMM, YMM, mask and both halves of ZMM registers
    cmp eax, 0xe6
    jne no
    mov eax, 7
    xor ecx, ecx
    cpuid
    and ebx, 0x40010008             # BMI1, AVX512F and AVX512BW
    cmp ebx, 0x40010008
    jne no
    mov eax, ecx
    shr eax, 1                      # AVX512_VBMI
    and eax, 1
    pop rbx
    ret
no: xor eax, eax
    pop rbx
    ret

# next(memory, at, end): the first place from `at` on where a pattern's part begins, or `end`.
    .org 0x80
next:
    mov esi, esi                    # the calling convention leaves the upper halves open
    mov edx, edx
    .irp register, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
    vmovdqu64 zmm\register, [rdi + TABLES + (\register - 16) * 64]
    .endr

blocks:
    cmp rsi, rdx
    jae none
    # The lookup puts its result where the bytes were: so they are loaded for each group.
    .irp place, 0, 1, 2, 3
    vmovdqu64 zmm\place, [rdi + rsi + \place]
    .endr
    vmovdqa64 zmm4, zmm0
    vmovdqa64 zmm5, zmm1
    vmovdqa64 zmm6, zmm2
    vmovdqa64 zmm7, zmm3
    vpermi2b zmm0, zmm16, zmm17
    vpermi2b zmm1, zmm18, zmm19
    vpermi2b zmm2, zmm20, zmm21
    vpermi2b zmm3, zmm22, zmm23
    vpermi2b zmm4, zmm24, zmm25
    vpermi2b zmm5, zmm26, zmm27
    vpermi2b zmm6, zmm28, zmm29
    vpermi2b zmm7, zmm30, zmm31
    vpternlogq zmm0, zmm1, zmm2, 0x80   # the buckets that all of the places leave
    vpandq zmm0, zmm0, zmm3
    vpternlogq zmm4, zmm5, zmm6, 0x80
    vpandq zmm4, zmm4, zmm7
    vporq zmm0, zmm0, zmm4
    vptestmb k1, zmm0, zmm0
    kmovq rax, k1
    test rax, rax
    jnz candidates
    add rsi, 64
    jmp blocks

candidates:
    tzcnt r8, rax
    add r8, rsi
    cmp r8, rdx
    jae none
    jmp known
unknown:
    blsr rax, rax
    jnz candidates
    add rsi, 64
    jmp blocks

none:
    mov eax, edx
    vzeroupper
    ret
found:
    mov eax, r8d
    vzeroupper
    ret

# Whether bit r11d of the 8 KiB at `table` is set, as carry.
.macro bit_of table
    mov r9d, r11d
    shr r9d, 3
    movzx r9d, byte ptr [rdi + r9 + \table]
    and r11d, 7
    bt r9d, r11d
.endm

# On to `found` if both bits of the key in ecx are set; the hashes are those of gram_set.ts.
.macro look_up
    imul r11d, ecx, 0x9e3779b1
    shr r11d, 16
    bit_of GRAMS
    jnc 1f
    imul r11d, ecx, 0x85ebca77
    shr r11d, 16
    bit_of GRAMS
    jc found
1:
.endm

# Whether a pattern's part begins at r8: by its first two bytes, then by each of the keys.
known:
    mov r10d, [rdi + r8]
    movzx r11d, r10w
    bit_of BEGINS
    jnc unknown
    movzx ecx, byte ptr [rdi + r8 + 4]
    imul ecx, ecx, FIFTH
    add ecx, r10d
    xor ecx, 0x55555555
    look_up
    movzx ecx, byte ptr [rdi + r8 - 1]
    imul ecx, ecx, FIFTH
    add ecx, r10d
    xor ecx, 0x33333333
    look_up
    mov ecx, r10d
    look_up
    mov ecx, r10d
    and ecx, 0x00ffffff
    xor ecx, 0x0f000000
    look_up
    mov ecx, r10d
    shr ecx, 8
    xor ecx, 0xf0000000
    look_up
    movzx r11d, r10w
    bit_of PAIRS
    jc found
    jmp unknown
