package io.pinion.linux;

/**
 * The kernel's constants, under the names that its headers and manual pages give them. The one place for what differs
 * between x86-64 and aarch64 (asm/fcntl.h, asm/unistd.h); on another architecture the values mean nothing, and there is
 * no {@link SystemCalls} to give them to.
 */
public final class Linux {
    private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));

    /** open(2). */
    public static final int O_RDONLY = 0;

    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_ACCMODE = 3;
    public static final int O_CREAT = 0x40;
    public static final int O_EXCL = 0x80;
    public static final int O_NOCTTY = 0x100;
    public static final int O_TRUNC = 0x200;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_DSYNC = 0x1000;
    public static final int O_NOATIME = 0x40000;
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_PATH = 0x200000;
    public static final int O_DIRECT = ARM ? 0x10000 : 0x4000;
    public static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    public static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;
    public static final int O_TMPFILE = 0x400000 | O_DIRECTORY;

    /** The …at calls: openat(2), linkat(2), faccessat(2), statx(2). */
    public static final int AT_FDCWD = -100;

    public static final int AT_EACCESS = 0x200;
    public static final int AT_SYMLINK_FOLLOW = 0x400;
    public static final int AT_EMPTY_PATH = 0x1000;
    public static final int F_OK = 0;
    public static final int W_OK = 2;
    public static final int R_OK = 4;

    /** inode(7): the file type in a mode. */
    public static final int S_IFMT = 0xf000;

    public static final int S_IFCHR = 0x2000;
    public static final int S_IFDIR = 0x4000;
    public static final int S_IFBLK = 0x6000;
    public static final int S_IFREG = 0x8000;

    /** statx(2). */
    public static final int STATX_BASIC_STATS = 0x7ff;

    public static final int STATX_MNT_ID = 0x1000;
    public static final int STATX_DIOALIGN = 0x2000;
    public static final int STATX_WRITE_ATOMIC = 0x10000;
    public static final int STATX_DIO_READ_ALIGN = 0x20000;
    public static final long STATX_ATTR_IMMUTABLE = 0x10;
    public static final long STATX_ATTR_APPEND = 0x20;
    public static final long STATX_ATTR_WRITE_ATOMIC = 0x400000;

    /** fcntl(2). A struct flock is short l_type at 0, short l_whence at 2, long l_start at 8, long l_len at 16, pid at 24. */
    public static final int F_GETFD = 1;

    public static final int F_GETFL = 3;
    public static final int F_SETFL = 4;
    public static final int F_OFD_GETLK = 36;
    public static final int F_OFD_SETLK = 37;
    public static final int F_RDLCK = 0;
    public static final int F_WRLCK = 1;
    public static final int F_UNLCK = 2;
    public static final int FD_CLOEXEC = 1;

    /** lseek(2). */
    public static final int SEEK_SET = 0;

    public static final int SEEK_END = 2;
    public static final int SEEK_DATA = 3;

    /** fallocate(2). */
    public static final int FALLOC_FL_KEEP_SIZE = 0x01;

    public static final int FALLOC_FL_PUNCH_HOLE = 0x02;
    public static final int FALLOC_FL_ZERO_RANGE = 0x10;

    /** sync_file_range(2). */
    public static final int SYNC_FILE_RANGE_WRITE = 2;

    /** posix_fadvise(2). */
    public static final int POSIX_FADV_NORMAL = 0;

    public static final int POSIX_FADV_RANDOM = 1;
    public static final int POSIX_FADV_SEQUENTIAL = 2;
    public static final int POSIX_FADV_WILLNEED = 3;
    public static final int POSIX_FADV_DONTNEED = 4;

    /** mmap(2). */
    public static final int PROT_NONE = 0;

    public static final int PROT_READ = 1;
    public static final int PROT_WRITE = 2;
    public static final int MAP_SHARED = 0x01;
    public static final int MAP_PRIVATE = 0x02;
    public static final int MAP_FIXED = 0x10;
    public static final int MAP_ANONYMOUS = 0x20;
    public static final int MAP_NORESERVE = 0x4000;
    public static final int MAP_POPULATE = 0x8000;

    /** preadv2(2), and the rw_flags of io_uring_enter(2): RWF_ATOMIC is of Linux 6.11, RWF_DONTCACHE of 6.14. */
    public static final int RWF_DSYNC = 0x02;

    public static final int RWF_NOWAIT = 0x08;
    public static final int RWF_ATOMIC = 0x40;
    public static final int RWF_DONTCACHE = 0x80;

    /** madvise(2). */
    public static final int MADV_DONTNEED = 4;

    public static final int MADV_DONTFORK = 10;
    public static final int MADV_HUGEPAGE = 14;
    public static final int MADV_NOHUGEPAGE = 15;
    public static final int MADV_POPULATE_READ = 22;
    public static final int MADV_POPULATE_WRITE = 23;
    public static final int MADV_COLLAPSE = 25;

    /** proc_pid_pagemap(5), linux/fs.h: ioctl(2) on a pagemap, Linux 6.7. A struct pm_scan_arg is twelve longs. */
    public static final long PAGEMAP_SCAN = 0xc0606610L;

    public static final long PAGE_IS_HUGE = 0x40;

    /** io_uring_setup(2), linux/io_uring.h. A struct io_uring_params has 120 bytes. */
    public static final int IORING_SETUP_CQSIZE = 0x08;

    public static final int IORING_SETUP_SUBMIT_ALL = 0x80;
    public static final int IORING_SETUP_COOP_TASKRUN = 0x100;
    public static final int IORING_SETUP_TASKRUN_FLAG = 0x200;
    public static final int IORING_SETUP_SINGLE_ISSUER = 0x1000;
    public static final int IORING_SETUP_DEFER_TASKRUN = 0x2000;
    public static final int IORING_FEAT_SINGLE_MMAP = 0x01;
    public static final int IORING_FEAT_NODROP = 0x02;
    public static final int IORING_FEAT_EXT_ARG = 0x100;
    public static final long IORING_OFF_SQ_RING = 0;
    public static final long IORING_OFF_SQES = 0x10000000L;
    public static final int IORING_SQ_CQ_OVERFLOW = 0x02;
    public static final int IORING_SQ_TASKRUN = 0x04;

    /** io_uring_enter(2): its flags, and the operations, flags and fsync_flags of an entry. */
    public static final int IORING_ENTER_GETEVENTS = 0x01;

    public static final int IORING_ENTER_EXT_ARG = 0x08;
    public static final int IORING_OP_NOP = 0;
    public static final int IORING_OP_READV = 1;
    public static final int IORING_OP_WRITEV = 2;
    public static final int IORING_OP_FSYNC = 3;
    public static final int IORING_OP_READ_FIXED = 4;
    public static final int IORING_OP_WRITE_FIXED = 5;
    public static final int IORING_OP_ASYNC_CANCEL = 14;
    public static final int IORING_OP_READ = 22;
    public static final int IORING_OP_WRITE = 23;
    public static final int IOSQE_FIXED_FILE = 0x01;
    public static final int IOSQE_IO_DRAIN = 0x02;
    public static final int IORING_FSYNC_DATASYNC = 0x01;

    /** io_uring_register(2). */
    public static final int IORING_UNREGISTER_BUFFERS = 1;

    public static final int IORING_REGISTER_FILES = 2;
    public static final int IORING_UNREGISTER_FILES = 3;
    public static final int IORING_REGISTER_FILES_UPDATE = 6;
    public static final int IORING_REGISTER_PROBE = 8;
    public static final int IORING_REGISTER_BUFFERS2 = 15;
    public static final int IORING_REGISTER_BUFFERS_UPDATE = 16;
    public static final int IORING_REGISTER_CLONE_BUFFERS = 30;
    public static final int IORING_REGISTER_DST_REPLACE = 0x02;
    public static final int IORING_RSRC_REGISTER_SPARSE = 0x01;
    public static final int IO_URING_OP_SUPPORTED = 0x01;

    /** eventfd(2). */
    public static final int EFD_NONBLOCK = O_NONBLOCK;

    public static final int EFD_CLOEXEC = O_CLOEXEC;

    /** getrlimit(2). */
    public static final int RLIMIT_MEMLOCK = 8;

    /** ioctl(2) on block devices, linux/fs.h. */
    public static final long BLKROGET = 0x125e;

    public static final long BLKFLSBUF = 0x1261;
    public static final long BLKSSZGET = 0x1268;
    public static final long BLKDISCARD = 0x1277;
    public static final long BLKIOMIN = 0x1278;
    public static final long BLKIOOPT = 0x1279;
    public static final long BLKPBSZGET = 0x127b;
    public static final long BLKZEROOUT = 0x127f;
    public static final long BLKGETSIZE64 = 0x80081272L;
    public static final long BLKGETDISKSEQ = 0x80081280L;

    /** ioctl(2) on zoned block devices, linux/blkzoned.h. */
    public static final long BLKREPORTZONE = 0xc0101282L;

    public static final long BLKRESETZONE = 0x40101283L;
    public static final long BLKGETZONESZ = 0x80041284L;
    public static final long BLKFINISHZONE = 0x40101288L;
    public static final int BLK_ZONE_REP_CAPACITY = 1;
    public static final int BLK_ZONE_TYPE_CONVENTIONAL = 1;
    public static final int BLK_ZONE_COND_EMPTY = 1;
    public static final int BLK_ZONE_COND_CLOSED = 4;
    public static final int BLK_ZONE_COND_READONLY = 13;
    public static final int BLK_ZONE_COND_FULL = 14;
    public static final int BLK_ZONE_COND_OFFLINE = 15;

    /** linux/major.h. */
    public static final int SCSI_TAPE_MAJOR = 9;

    /** ioctl(2) on tape drives, linux/mtio.h, st(4). {@link io.pinion.linux.tape.TapeDevice} is the easier way. */
    public static final long MTIOCTOP = 0x40086d01L;

    public static final long MTIOCGET = 0x80306d02L;
    public static final long MTIOCPOS = 0x80086d03L;
    public static final int MTFSF = 1;
    public static final int MTBSF = 2;
    public static final int MTFSR = 3;
    public static final int MTBSR = 4;
    public static final int MTWEOF = 5;
    public static final int MTREW = 6;
    public static final int MTOFFL = 7;
    public static final int MTEOM = 12;
    public static final int MTERASE = 13;
    public static final int MTSETBLK = 20;
    public static final int MTSETDENSITY = 21;
    public static final int MTSEEK = 22;
    public static final int MTLOAD = 30;
    public static final int MTCOMPRESSION = 32;
    public static final int MTSETPART = 33;
    public static final int GMT_EOF = 0x80000000;
    public static final int GMT_BOT = 0x40000000;
    public static final int GMT_EOT = 0x20000000;
    public static final int GMT_EOD = 0x08000000;
    public static final int GMT_WR_PROT = 0x04000000;
    public static final int GMT_ONLINE = 0x01000000;
    public static final int GMT_DR_OPEN = 0x00040000;
    public static final int GMT_CLN = 0x00008000;
    public static final int MT_ST_BLKSIZE_MASK = 0xffffff;
    public static final int MT_ST_DENSITY_SHIFT = 24;
    public static final int MT_ST_SOFTERR_MASK = 0xffff;
    public static final int MT_ST_BUFFER_WRITES = 0x1;
    public static final int MT_ST_ASYNC_WRITES = 0x2;
    public static final int MT_ST_READ_AHEAD = 0x4;
    public static final int MT_ST_TWO_FM = 0x10;
    public static final int MT_ST_FAST_MTEOM = 0x20;
    public static final int MT_ST_CAN_BSR = 0x100;
    public static final int MT_ST_CAN_PARTITIONS = 0x400;
    public static final int MT_ST_SCSI2LOGICAL = 0x800;
    public static final int MT_ST_SYSV = 0x1000;
    public static final int MT_ST_NOWAIT = 0x2000;
    public static final int MT_ST_SILI = 0x4000;
    public static final int MT_ST_NOWAIT_EOF = 0x8000;

    /** scsi/sg.h: a SCSI command by ioctl(2). {@link io.pinion.linux.tape.ScsiCommands} is the easier way. */
    public static final long SG_IO = 0x2285;

    public static final int SG_DXFER_NONE = -1;
    public static final int SG_DXFER_FROM_DEV = -3;

    /** linux/magic.h: f_type of file systems whose data lives in the page cache alone. */
    public static final long TMPFS_MAGIC = 0x01021994L;

    public static final long RAMFS_MAGIC = 0x858458f6L;

    /** Numbers for syscall(2): where the C library has no function of its own, or only a late one, or one that costs more. */
    public static final long SYS_STATX = ARM ? 291 : 332;

    public static final long SYS_PREAD64 = ARM ? 67 : 17;
    public static final long SYS_PWRITE64 = ARM ? 68 : 18;
    public static final long SYS_PREADV2 = ARM ? 286 : 327;
    public static final long SYS_PWRITEV2 = ARM ? 287 : 328;
    public static final long SYS_CACHESTAT = 451;

    public static final long SYS_IO_URING_SETUP = 425;
    public static final long SYS_IO_URING_ENTER = 426;
    public static final long SYS_IO_URING_REGISTER = 427;

    private Linux() {}
}
