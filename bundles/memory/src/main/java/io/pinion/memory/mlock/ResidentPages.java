package io.pinion.memory.mlock;

import io.pinion.linux.Pagemap;
import io.pinion.linux.SystemCalls;
import io.pinion.memory.PinnedPage;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists the pages of a range as the kernel shows them (proc_pid_pagemap(5), proc_pid_maps(5)). */
final class ResidentPages {
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final Pattern LINE = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) \\S+ \\S+ \\S+ \\S+ *(.*)");

    private record Mapping(long from, long to, String name) {}

    private ResidentPages() {}

    /**
     * {@return the pages, in ascending order} A huge page that the range covers whole is one page, where the kernel tells
     * (Linux 6.7); elsewhere it is many small ones.
     */
    static List<PinnedPage> list(SystemCalls calls, long from, long to) {
        int small = calls.pageSize();
        long huge = (long) small / Long.BYTES * small;
        List<Mapping> mappings = mappings(from, to);
        List<PinnedPage> pages = new ArrayList<>();
        try (Pagemap map = Pagemap.open(calls)) {
            long at = from;
            while (at < to) {
                boolean whole = at % huge == 0 && to - at >= huge && map.hugeBytes(at, huge) == huge;
                pages.add(PinnedPage.of(at, whole ? huge : small, map.frame(at), name(mappings, at)));
                at += whole ? huge : small;
            }
        }
        return List.copyOf(pages);
    }

    private static String name(List<Mapping> mappings, long address) {
        for (Mapping mapping : mappings) {
            if (mapping.from <= address && address < mapping.to) {
                return mapping.name;
            }
        }
        return "";
    }

    private static List<Mapping> mappings(long from, long to) {
        List<Mapping> mappings = new ArrayList<>();
        try (InputStream in = new FileInputStream(MAPS.toFile())) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                Matcher form = LINE.matcher(line);
                if (form.matches()) {
                    long start = Long.parseUnsignedLong(form.group(1), 16);
                    long end = Long.parseUnsignedLong(form.group(2), 16);
                    // The kernel's own, at the upper end, have addresses that are negative here.
                    if (start >= 0 && start < to && from < end) {
                        mappings.add(new Mapping(start, end, form.group(3)));
                    }
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return mappings;
    }
}
