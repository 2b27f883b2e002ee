package io.pinion.core.osgi;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which classes a class file names (The Java Virtual Machine Specification, 4.4): its loader may be asked for each. */
final class ClassFile {
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w/$]+)[;<]");
    private static final int MAGIC_AND_VERSION = 8;
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;

    private ClassFile() {}

    /** {@return them, by binary name; arrays are named by what they are of} */
    static Set<String> namedIn(InputStream file) throws IOException {
        DataInputStream data = new DataInputStream(file);
        data.skipNBytes(MAGIC_AND_VERSION);
        int count = data.readUnsignedShort();
        String[] texts = new String[count];
        boolean[] ofClass = new boolean[count];
        for (int i = 1; i < count; i++) {
            int tag = data.readUnsignedByte();
            if (tag == UTF8) {
                texts[i] = data.readUTF();
            } else if (tag == CLASS) {
                ofClass[data.readUnsignedShort()] = true;
            } else {
                data.skipNBytes(length(tag));
            }
            if (tag == LONG || tag == DOUBLE) {
                // It takes two entries.
                i++;
            }
        }
        Set<String> classes = new TreeSet<>();
        for (int i = 1; i < count; i++) {
            if (texts[i] != null) {
                addTo(classes, texts[i], ofClass[i]);
            }
        }
        return classes;
    }

    private static void addTo(Set<String> classes, String text, boolean ofClass) {
        if (ofClass && !text.startsWith("[")) {
            classes.add(text.replace('/', '.'));
            return;
        }
        Matcher descriptor = IN_DESCRIPTOR.matcher(text);
        while (descriptor.find()) {
            classes.add(descriptor.group(1).replace('/', '.'));
        }
    }

    private static int length(int tag) throws IOException {
        return switch (tag) {
            case 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case LONG, DOUBLE -> 8;
            default -> throw new IOException("tag " + tag + " is none of a constant pool");
        };
    }
}
