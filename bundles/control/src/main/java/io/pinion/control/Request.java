package io.pinion.control;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A command, and where it was typed.
 *
 * @param directory from which relative paths count
 * @param terminal whether a person watches the output arrive
 * @param interactive whether a person can be asked
 * @param words the command's name and its arguments, as the client's shell split them
 */
public record Request(String directory, boolean terminal, boolean interactive, List<String> words) {
    private static final int VERSION = 2;

    /** Copies the words. */
    public Request {
        words = List.copyOf(words);
    }

    byte[] toBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(VERSION);
        out.writeUTF(directory);
        out.writeBoolean(terminal);
        out.writeBoolean(interactive);
        out.writeInt(words.size());
        for (String word : words) {
            out.writeUTF(word);
        }
        return bytes.toByteArray();
    }

    static Request fromBytes(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("request version=" + version + ", this Pinion speaks version=" + VERSION
                    + "; use the pinion command of the running distribution");
        }
        String directory = in.readUTF();
        boolean terminal = in.readBoolean();
        boolean interactive = in.readBoolean();
        List<String> words = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            words.add(in.readUTF());
        }
        return new Request(directory, terminal, interactive, words);
    }
}
