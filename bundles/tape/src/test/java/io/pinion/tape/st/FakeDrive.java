package io.pinion.tape.st;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.libc.LibC;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A tape drive behind the driver st, as system calls show it: what drivers/scsi/st.c does with an obedient drive, its traps
 * included. A record is bytes, a file mark none.
 */
final class FakeDrive {
    /** Of a drive that can be asked. */
    static final int LONGEST = (1 << 20) + 3;

    /** What st.h calls ST_NOEOF to ST_EOD, in its order. */
    enum End {
        NONE,
        MARK,
        WARNED,
        DATA_SOON,
        DATA
    }

    static final int DESCRIPTOR = 1_000_000;

    private static final byte[] MARK = {};

    private final SystemCalls real = new LibC();
    private final FakeCommands commands = new FakeCommands(this, real);
    private final SystemCalls calls = (SystemCalls) Proxy.newProxyInstance(
            SystemCalls.class.getClassLoader(), new Class<?>[] {SystemCalls.class}, (p, m, a) -> invoke(m, a));

    final List<byte[]> items = new ArrayList<>();
    final List<Integer> operations = new ArrayList<>();
    final List<Integer> alerts = new ArrayList<>();
    /** How often the drive itself was asked. */
    int questions;

    int at;
    End end = End.NONE;
    int blockSize;
    /** The shortest record; 0 for a drive that can't be asked, and takes any. */
    int shortest;

    /** By what it says that records differ. */
    int granularity = 1;

    int density = 0x44;
    boolean compression;
    boolean online = true;
    boolean protectedTape;
    boolean tells = true;
    boolean reset;
    int warning = Integer.MAX_VALUE;
    int capacity = Integer.MAX_VALUE;

    /** What the next transfer, or the next such operation, fails with instead of being done. */
    Errno failure;

    int failing = -1;

    /** Which operation fails besides, once, with EIO. */
    int failingNext = -1;

    private boolean writing;

    SystemCalls calls() {
        return calls;
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
        boolean mine = arguments != null && arguments.length > 0 && arguments[0].equals(DESCRIPTOR);
        switch (method.getName()) {
            case "statx":
                ByteBuffer stat = (ByteBuffer) arguments[4];
                stat.putShort(28, (short) Linux.S_IFCHR)
                        .putInt(128, Linux.SCSI_TAPE_MAJOR)
                        .putInt(132, 128);
                return 0;
            case "read":
                return read((ByteBuffer) arguments[1], (int) arguments[2], (int) arguments[3]);
            case "write":
                return write((ByteBuffer) arguments[1], (int) arguments[2], (int) arguments[3]);
            case "ioctl":
                return mine ? ioctl((long) arguments[1], (ByteBuffer) arguments[2]) : Errno.EBADF.result();
            default:
                try {
                    return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
        }
    }

    private Errno refusal() {
        if (failing == -1 && failure != null) {
            Errno now = failure;
            failure = null;
            return now;
        }
        return reset ? Errno.EIO : online ? null : Errno.ENOMEDIUM;
    }

    private Errno refusal(int length) {
        boolean wrong = length < shortest || length > LONGEST;
        return shortest > 0 && blockSize == 0 && wrong ? Errno.EINVAL : refusal();
    }

    private long read(ByteBuffer buffer, int index, int length) {
        Errno refusal = refusal(length);
        if (refusal != null) {
            return refusal.result();
        }
        writing = false;
        if (end.compareTo(End.DATA_SOON) >= 0) {
            boolean first = end == End.DATA_SOON;
            end = End.DATA;
            return first ? 0 : Errno.EIO.result();
        }
        if (at == items.size()) {
            boolean afterMark = end == End.MARK;
            end = afterMark ? End.DATA : end;
            return afterMark ? 0 : Errno.EIO.result();
        }
        return blockSize == 0 ? readRecord(buffer, index, length) : readBlocks(buffer, index, length);
    }

    private long readRecord(ByteBuffer buffer, int index, int length) {
        byte[] item = items.get(at++);
        end = item == MARK ? End.MARK : End.NONE;
        if (item.length > length) {
            return Errno.ENOMEM.result();
        }
        buffer.put(index, item);
        return item.length;
    }

    private long readBlocks(ByteBuffer buffer, int index, int length) {
        int done = 0;
        while (done < length && at < items.size() && items.get(at) != MARK) {
            buffer.put(index + done, items.get(at++));
            done += blockSize;
        }
        if (done < length && at == items.size()) {
            // The drive's BLANK CHECK, which the driver takes for the end or an error, whatever came before.
            boolean afterMark = end == End.MARK;
            end = afterMark ? End.DATA : End.NONE;
            return afterMark ? 0 : Errno.EIO.result();
        }
        boolean mark = done == 0;
        at += mark ? 1 : 0;
        end = mark ? End.MARK : End.NONE;
        return done;
    }

    private long write(ByteBuffer buffer, int index, int length) {
        Errno refusal = refusal(length);
        if (refusal != null) {
            return refusal.result();
        }
        if (protectedTape) {
            return Errno.EACCES.result();
        }
        if (end == End.WARNED) {
            end = End.DATA_SOON;
            return Errno.ENOSPC.result();
        }
        int done = 0;
        int step = blockSize == 0 ? length : blockSize;
        while (done < length && at < capacity) {
            byte[] record = new byte[step];
            buffer.get(index + done, record);
            append(record);
            done += step;
        }
        writing = true;
        end = items.size() > warning || done < length ? End.WARNED : End.NONE;
        return done == 0 ? Errno.ENOSPC.result() : done;
    }

    private void append(byte[] item) {
        items.subList(at, items.size()).clear();
        items.add(item);
        at++;
    }

    private int ioctl(long request, ByteBuffer argument) {
        if (request == Linux.MTIOCTOP) {
            int operation = argument.getShort(0);
            operations.add(operation);
            if (operation == failingNext) {
                failingNext = -1;
                return Errno.EIO.result();
            }
            if (operation == failing && failure != null) {
                Errno now = failure;
                failure = null;
                return now.result();
            }
            return operate(operation, argument.getInt(4));
        }
        if (request == Linux.MTIOCGET) {
            return reset ? Errno.EIO.result() : look(argument);
        }
        questions++;
        if (request == Linux.MTIOCPOS) {
            if (reset || !online || !tells) {
                return Errno.EIO.result();
            }
            argument.putLong(0, at);
            return 0;
        }
        return request == Linux.SG_IO ? commands.execute(argument) : Errno.ENOTTY.result();
    }

    private int look(ByteBuffer status) {
        boolean mark = at > 0 && items.get(at - 1) == MARK;
        int bits = (online ? Linux.GMT_ONLINE : Linux.GMT_DR_OPEN)
                | (protectedTape ? Linux.GMT_WR_PROT : 0)
                | (end == End.WARNED ? Linux.GMT_EOT : end.compareTo(End.WARNED) > 0 ? Linux.GMT_EOD : 0)
                | (at == 0 ? Linux.GMT_BOT : mark ? Linux.GMT_EOF : 0);
        status.putLong(8, 0)
                .putLong(16, (long) density << 24 | blockSize)
                .putLong(24, bits & 0xffffffffL)
                .putInt(40, marks());
        return 0;
    }

    private int marks() {
        return (int) items.subList(0, at).stream().filter(item -> item == MARK).count();
    }

    private int operate(int operation, int count) {
        if (operation == Linux.MTLOAD) {
            online = true;
            reset = false;
            return moved(0, End.NONE);
        }
        if (!online) {
            return Errno.ENOMEDIUM.result();
        }
        boolean repositions = List.of(Linux.MTREW, Linux.MTOFFL, Linux.MTERASE, Linux.MTSEEK, Linux.MTEOM)
                .contains(operation);
        if (reset && !repositions) {
            return Errno.EIO.result();
        }
        reset = false;
        boolean marks =
                List.of(Linux.MTREW, Linux.MTOFFL, Linux.MTSEEK, Linux.MTBSF).contains(operation);
        if (writing && marks) {
            append(MARK);
        }
        writing = false;
        return switch (operation) {
            case Linux.MTWEOF -> writeMarks(count);
            case Linux.MTREW -> moved(0, End.NONE);
            case Linux.MTEOM -> moved(items.size(), End.DATA);
            case Linux.MTSEEK -> seek(Integer.toUnsignedLong(count));
            case Linux.MTFSR, Linux.MTBSR -> spaceRecords(operation == Linux.MTBSR, count);
            case Linux.MTFSF, Linux.MTBSF -> spaceMarks(operation == Linux.MTBSF, count);
            case Linux.MTERASE -> {
                items.subList(at, items.size()).clear();
                yield 0;
            }
            case Linux.MTOFFL -> {
                online = false;
                yield moved(0, End.NONE);
            }
            case Linux.MTSETBLK -> {
                blockSize = count;
                yield 0;
            }
            case Linux.MTSETDENSITY -> {
                density = count;
                yield 0;
            }
            case Linux.MTCOMPRESSION -> {
                compression = count != 0;
                yield 0;
            }
            default -> Errno.EIO.result();
        };
    }

    private int moved(int to, End how) {
        at = to;
        end = how;
        return 0;
    }

    private int writeMarks(int count) {
        if (protectedTape) {
            return Errno.EACCES.result();
        }
        for (int i = 0; i < count; i++) {
            if (at >= capacity) {
                end = End.WARNED;
                return Errno.EIO.result();
            }
            append(MARK);
        }
        end = End.NONE;
        return 0;
    }

    private int seek(long to) {
        if (!tells) {
            return Errno.EIO.result();
        }
        moved((int) Math.min(to, items.size()), End.NONE);
        return to > items.size() ? Errno.EIO.result() : 0;
    }

    private int spaceRecords(boolean back, int count) {
        end = End.NONE;
        for (int i = 0; i < count; i++) {
            if (back ? at == 0 : at == items.size()) {
                end = back ? End.NONE : End.DATA;
                return Errno.EIO.result();
            }
            boolean mark = items.get(back ? at - 1 : at) == MARK;
            at += back ? -1 : 1;
            if (mark) {
                end = back ? End.NONE : End.MARK;
                return Errno.EIO.result();
            }
        }
        return 0;
    }

    private int spaceMarks(boolean back, int count) {
        end = back ? End.NONE : End.MARK;
        for (int i = 0; i < count; ) {
            if (back ? at == 0 : at == items.size()) {
                end = back ? End.NONE : End.DATA;
                return Errno.EIO.result();
            }
            i += items.get(back ? at - 1 : at) == MARK ? 1 : 0;
            at += back ? -1 : 1;
        }
        return 0;
    }
}
