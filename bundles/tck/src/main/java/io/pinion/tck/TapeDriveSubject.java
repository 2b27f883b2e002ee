package io.pinion.tck;

import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeStatus;
import io.pinion.volume.TapeDrive;
import java.nio.ByteBuffer;

/** A drive, as an application has it: it clears results itself. */
final class TapeDriveSubject implements TapeSubject {
    private final HostedDrive hosted;
    private final TapeDrive drive;

    TapeDriveSubject(HostedDrive hosted) {
        this.hosted = hosted;
        drive = hosted.drive();
    }

    @Override
    public void read(ByteBuffer buffer, TapeResult result) throws Exception {
        drive.read(buffer, result);
    }

    @Override
    public void write(ByteBuffer buffer, TapeResult result) throws Exception {
        drive.write(buffer, result);
    }

    @Override
    public void writeFileMarks(int count, TapeResult result) throws Exception {
        drive.writeFileMarks(count, result);
    }

    @Override
    public void spaceRecords(long count, TapeResult result) throws Exception {
        drive.spaceRecords(count, result);
    }

    @Override
    public void spaceFileMarks(long count, TapeResult result) throws Exception {
        drive.spaceFileMarks(count, result);
    }

    @Override
    public void spaceToEndOfData(TapeResult result) throws Exception {
        drive.spaceToEndOfData(result);
    }

    @Override
    public void locate(TapePosition position, TapeResult result) throws Exception {
        drive.locate(position, result);
    }

    @Override
    public void rewind(TapeResult result) throws Exception {
        drive.rewind(result);
    }

    @Override
    public void erase(TapeResult result) throws Exception {
        drive.erase(result);
    }

    @Override
    public TapePosition position() throws Exception {
        return drive.position();
    }

    @Override
    public TapeStatus status() throws Exception {
        return drive.status();
    }

    @Override
    public void flush() throws Exception {
        drive.flush();
    }

    @Override
    public void reopen() throws Exception {
        hosted.admin().reopen(Hosted.NAME, false);
    }

    @Override
    public void swap() throws Exception {
        hosted.swap();
    }
}
