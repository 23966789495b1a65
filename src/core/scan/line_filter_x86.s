# What `next` of line_filter.wat does, for processors with AVX-512 VBMI and GFNI (Intel since Ice Lake, AMD
# since Zen 4): four times as many bytes at a time, and nearly whole bytes where a swizzle has to take
# nibbles. On its way it counts line ends, which cost a look of their own otherwise. line_filter.wat says
# how the search works and where its tables lie. machine_code.ts of the host puts this into memory,
# machine_search.ts calls it.
#
# A turn looks at 64 bytes. A table of 64 bytes says for each byte which buckets have it in a place: one
# register for each of four places in both groups. A lookup goes by six bits; one by seven would take two
# tables, and twice as long. byte_tables.ts says which bytes share an entry.
    .intel_syntax noprefix
    .text

    .set TABLES, 0x8000
    .set LINE_FEEDS, 0x8200
    .set RETURNS, 0x8204
    .set RESULT, 0x8208
    .set BEGINS, 0x400
    .set PAIRS, 0x2400
    .set GRAMS, 0x4400
    .set FIFTH, 0x27d4eb2f
    # The index of an entry, as a matrix over GF(2): its bits are those of the byte with the values 1, 2, 8,
    # 16, then 4 xor 32, and 32 xor 64.
    .set INDEX, 0x0102081024600000

# Both functions get an address and a number of 64 bits and leave their result in RESULT: machine_code.ts
# says why.

# supported(memory, 0): 1 if the processor has all of it and the kernel keeps its registers, else 0. It is asked
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
    and ebx, 0x40010108             # BMI1, BMI2, AVX512F and AVX512BW
    cmp ebx, 0x40010108
    jne no
    xor eax, eax
    and ecx, 0x102                  # AVX512_VBMI and GFNI
    cmp ecx, 0x102
    sete al
    jmp tell
no: xor eax, eax
tell:
    mov [rdi + RESULT], eax
    pop rbx
    ret

# next(memory, at + end * 2^32): the first place from `at` on where a pattern's part begins, or `end`. Leaves
# behind how many LFs there are before it, too, and whether there may be a CR.
    .org 0x80
next:
    push rbx                        # LFs so far
    push r12                        # where they are in the block at hand
    xor ebx, ebx
    kxorq k4, k4, k4                # not 0 after a CR
    mov rdx, rsi
    shr rdx, 32
    mov esi, esi
    .irp register, 16, 17, 18, 19, 20, 21, 22, 23
    vmovdqu64 zmm\register, [rdi + TABLES + (\register - 16) * 64]
    .endr
    movabs rax, INDEX
    vpbroadcastq zmm24, rax
    mov eax, 10
    vpbroadcastb zmm25, eax
    mov eax, 13
    vpbroadcastb zmm26, eax

blocks:
    cmp rsi, rdx
    jae behind
    .irp place, 0, 1, 2, 3
    vmovdqu64 zmm\place, [rdi + rsi + \place]
    .endr
    vpcmpeqb k2, zmm0, zmm25
    vpcmpeqb k3, zmm0, zmm26
    .irp place, 0, 1, 2, 3
    vgf2p8affineqb zmm\place, zmm\place, zmm24, 0
    .endr
    vpermb zmm4, zmm0, zmm20
    vpermb zmm5, zmm1, zmm21
    vpermb zmm6, zmm2, zmm22
    vpermb zmm7, zmm3, zmm23
    vpermb zmm0, zmm0, zmm16
    vpermb zmm1, zmm1, zmm17
    vpermb zmm2, zmm2, zmm18
    vpermb zmm3, zmm3, zmm19
    vpternlogq zmm4, zmm5, zmm6, 0x80   # the buckets that all of the places leave
    vpandq zmm4, zmm4, zmm7
    vpternlogq zmm0, zmm1, zmm2, 0x80
    vpternlogq zmm0, zmm3, zmm4, 0xea   # this and the fourth, or those of the other group
    vptestmb k1, zmm0, zmm0
    korq k4, k4, k3
    kmovq r12, k2
    kmovq rax, k1
    test rax, rax
    jnz candidates
nothing:
    popcnt r9, r12
    add ebx, r9d
    add rsi, 64
    jmp blocks

candidates:
    tzcnt r8, rax
    add r8, rsi
    cmp r8, rdx
    jb known
    mov r8, rdx
    jmp found
unknown:
    blsr rax, rax
    jnz candidates
    jmp nothing

behind:
    mov r8, rdx
    mov ecx, esi
    sub ecx, edx
    jz done
    neg ecx                         # a shift goes by the lowest six bits
    shr r12, cl                     # those of the last block that lie beyond `end`
    popcnt r12, r12
    sub ebx, r12d
    jmp done
found:
    mov r9, r8
    sub r9, rsi
    bzhi r12, r12, r9
    popcnt r12, r12
    add ebx, r12d
done:
    mov [rdi + LINE_FEEDS], ebx
    xor ecx, ecx
    kortestq k4, k4
    setnz cl
    mov [rdi + RETURNS], ecx
    mov [rdi + RESULT], r8d
    vzeroupper
    pop r12
    pop rbx
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
