package io.pinion.linux;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.Optional;

/**
 * The error numbers of Linux (errno(3), asm-generic/errno.h; the same on x86-64 and aarch64), what each is as a failure
 * of Pinion, and what an operator can do about it. More will come: a reader needs a default branch.
 */
public enum Errno {
    EPERM(1, Kind.ACCESS_DENIED, "operation not permitted"),
    ENOENT(2, Kind.NOT_FOUND, "no such file or directory"),
    EINTR(4, Kind.IO_ERROR, "interrupted system call"),
    EIO(5, Kind.IO_ERROR, "input/output error", "the kernel's log has the device's own words"),
    ENXIO(6, Kind.REMOVED, "no such device or address"),
    E2BIG(7, Kind.INVALID_ARGUMENT, "argument list too long"),
    EBADF(9, Kind.IO_ERROR, "bad file descriptor"),
    EAGAIN(11, Kind.NO_RESOURCES, "resource temporarily unavailable"),
    ENOMEM(12, Kind.NO_RESOURCES, "cannot allocate memory"),
    EACCES(13, Kind.ACCESS_DENIED, "permission denied", "this process's user needs the permission on it"),
    EFAULT(14, Kind.IO_ERROR, "bad address"),
    ENOTBLK(15, Kind.WRONG_TYPE, "block device required"),
    EBUSY(16, Kind.IN_USE, "device or resource busy"),
    EEXIST(17, Kind.IO_ERROR, "file exists"),
    EXDEV(18, Kind.IO_ERROR, "invalid cross-device link"),
    ENODEV(19, Kind.REMOVED, "no such device"),
    ENOTDIR(20, Kind.NOT_FOUND, "not a directory"),
    EISDIR(21, Kind.WRONG_TYPE, "is a directory"),
    EINVAL(22, Kind.INVALID_ARGUMENT, "invalid argument"),
    ENFILE(23, Kind.NO_RESOURCES, "too many open files in system", "raise fs.file-max"),
    EMFILE(24, Kind.NO_RESOURCES, "too many open files", "raise it with LimitNOFILE= or ulimit -n"),
    ENOTTY(25, Kind.UNSUPPORTED, "inappropriate ioctl for device"),
    ETXTBSY(26, Kind.IN_USE, "text file busy", "it is a running program or an active swap file"),
    EFBIG(27, Kind.NO_SPACE, "file too large", "the file system or RLIMIT_FSIZE (ulimit -f) allows less"),
    ENOSPC(28, Kind.NO_SPACE, "no space left on device"),
    ESPIPE(29, Kind.WRONG_TYPE, "illegal seek"),
    EROFS(30, Kind.READ_ONLY, "read-only file system"),
    EMLINK(31, Kind.IO_ERROR, "too many links"),
    EPIPE(32, Kind.IO_ERROR, "broken pipe"),
    ERANGE(34, Kind.INVALID_ARGUMENT, "numerical result out of range"),
    EDEADLK(35, Kind.IO_ERROR, "resource deadlock avoided"),
    ENAMETOOLONG(36, Kind.INVALID_ARGUMENT, "file name too long"),
    ENOLCK(37, Kind.NO_RESOURCES, "no locks available", "a network file system needs its lock service"),
    ENOSYS(38, Kind.UNSUPPORTED, "function not implemented"),
    ELOOP(40, Kind.INVALID_ARGUMENT, "too many levels of symbolic links"),
    EBADE(52, Kind.IN_USE, "invalid exchange", "another host holds a reservation on the device"),
    EBADR(53, Kind.IO_ERROR, "invalid request descriptor"),
    ENODATA(61, Kind.MEDIUM_ERROR, "no data available", "the medium has an unreadable block"),
    ETIME(62, Kind.TIMEOUT, "timer expired"),
    ENOLINK(67, Kind.IO_ERROR, "link has been severed", "the path to the device failed"),
    EPROTO(71, Kind.IO_ERROR, "protocol error"),
    EBADMSG(74, Kind.IO_ERROR, "bad message", "the file system found a checksum that does not match"),
    EOVERFLOW(75, Kind.IO_ERROR, "value too large for defined data type"),
    EILSEQ(
            84,
            Kind.PROTECTION_ERROR,
            "invalid or incomplete byte sequence",
            "the data and its protection information (T10 PI) do not match"),
    EMSGSIZE(90, Kind.INVALID_ARGUMENT, "message too long"),
    EOPNOTSUPP(95, Kind.UNSUPPORTED, "operation not supported"),
    ENOBUFS(105, Kind.NO_RESOURCES, "no buffer space available"),
    ESHUTDOWN(108, Kind.REMOVED, "cannot send after transport endpoint shutdown"),
    ETOOMANYREFS(109, Kind.NO_RESOURCES, "too many references", "more zones are open than the device allows"),
    ETIMEDOUT(110, Kind.TIMEOUT, "connection timed out"),
    EALREADY(114, Kind.IO_ERROR, "operation already in progress"),
    EINPROGRESS(115, Kind.IO_ERROR, "operation now in progress"),
    ESTALE(116, Kind.REMOVED, "stale file handle", "the file was removed on the server"),
    EUCLEAN(117, Kind.IO_ERROR, "structure needs cleaning", "the file system is damaged: run fsck"),
    EREMOTEIO(121, Kind.IO_ERROR, "remote I/O error", "the kernel's log has the device's own words"),
    EDQUOT(122, Kind.NO_SPACE, "disk quota exceeded"),
    ENOMEDIUM(123, Kind.NOT_READY, "no medium found"),
    EMEDIUMTYPE(124, Kind.WRONG_TYPE, "wrong medium type"),
    ECANCELED(125, Kind.CANCELLED, "operation canceled"),
    EHWPOISON(133, Kind.IO_ERROR, "memory page has hardware error");

    private static final Errno[] BY_NUMBER = new Errno[134];

    static {
        for (Errno errno : values()) {
            BY_NUMBER[errno.number] = errno;
        }
    }

    private final int number;
    private final Kind kind;
    private final String description;
    private final String remedy;

    Errno(int number, Kind kind, String description) {
        this(number, kind, description, "");
    }

    Errno(int number, Kind kind, String description, String remedy) {
        this.number = number;
        this.kind = kind;
        this.description = description;
        this.remedy = remedy;
    }

    /** {@return the error number, positive} */
    public int number() {
        return number;
    }

    /** {@return what a call that fails with it returns from {@link SystemCalls}: {@code -number()}} */
    public int result() {
        return -number;
    }

    /** {@return the kind of failure that it is, as long as the caller knows no better} */
    public Kind kind() {
        return kind;
    }

    /** {@return the words of strerror(3)} */
    public String description() {
        return description;
    }

    /** {@return whether a call's result says this} */
    public boolean is(long result) {
        return result == -number;
    }

    /** {@return which error a result of {@link SystemCalls} is; empty for one that this table lacks} */
    public static Optional<Errno> of(long result) {
        long number = Math.abs(result);
        return number < BY_NUMBER.length ? Optional.ofNullable(BY_NUMBER[(int) number]) : Optional.empty();
    }

    /** {@return the error of a result as a message has it: {@code ENOSPC (no space left on device)}} */
    public static String text(long result) {
        return of(result).map(e -> e + " (" + e.description + ")").orElse("errno " + Math.abs(result));
    }

    /**
     * Starts the exception for a call that failed; the caller adds target, strategy and range.
     *
     * @param operation the word for what was tried: {@code read}, {@code claim} …
     * @param result what {@link SystemCalls} returned, {@code -errno}; the number itself will do as well
     */
    public static StorageException.Builder failure(String operation, long result) {
        return failure(operation, result, of(result).map(e -> e.remedy).orElse(""));
    }

    /**
     * Starts the exception for a call that failed.
     *
     * @param remedy values, the violated relation, and what to do about it, in place of the table's words; may be empty
     */
    public static StorageException.Builder failure(String operation, long result, String remedy) {
        return failure(of(result).map(Errno::kind).orElse(Kind.IO_ERROR), operation, result, remedy);
    }

    /** Starts the exception for a call whose failure the caller knows to be of another kind than the table says. */
    public static StorageException.Builder failure(Kind kind, String operation, long result, String remedy) {
        String detail = remedy.isEmpty() ? text(result) : text(result) + "; " + remedy;
        return StorageException.of(kind, operation, detail).errno((int) Math.abs(result));
    }
}
