package io.pinion.linux.libc;

/** Functions of the C library under their names there, which JNA maps to the symbols of the process, so that any C library will do. */
final class C {
    private C() {}

    static native int open(byte[] path, int flags, int mode);

    static native int openat(int directory, byte[] path, int flags, int mode);

    static native int close(int descriptor);

    static native int linkat(int oldDirectory, byte[] oldPath, int newDirectory, byte[] newPath, int flags);

    static native int unlinkat(int directory, byte[] path, int flags);

    static native int faccessat(int directory, byte[] path, int mode, int flags);

    static native int statx(int directory, byte[] path, int flags, int mask, long result);

    static native int fstatfs(int descriptor, long result);

    static native int pipe2(long result, int flags);

    static native long read(int descriptor, long address, long length);

    static native long write(int descriptor, long address, long length);

    static native int eventfd(int initial, int flags);

    static native long pread(int descriptor, long address, long length, long offset);

    static native long pwrite(int descriptor, long address, long length, long offset);

    static native int fdatasync(int descriptor);

    static native int fsync(int descriptor);

    static native long lseek(int descriptor, long offset, int whence);

    static native int ftruncate(int descriptor, long length);

    static native int fallocate(int descriptor, int mode, long offset, long length);

    static native int sync_file_range(int descriptor, long offset, long length, int flags);

    static native int posix_fadvise(int descriptor, long offset, long length, int advice);

    static native int fcntl(int descriptor, int command, long argument);

    static native int ioctl(int descriptor, long request, long argument);

    static native long mmap(long address, long length, int protection, int flags, int descriptor, long offset);

    static native int munmap(long address, long length);

    static native int madvise(long address, long length, int advice);

    static native int mlock(long address, long length);

    static native int munlock(long address, long length);

    static native int mincore(long address, long length, long result);

    static native int getrlimit(int resource, long result);

    static native int getpagesize();

    static native long syscall(long number, long first, long second, long third, long fourth, long fifth);

    /** A seventh argument costs 25 ns: for those who have one. */
    static native long syscall(long number, long first, long second, long third, long fourth, long fifth, long sixth);
}
