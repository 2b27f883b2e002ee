package io.pinion.linux.claim;

import io.pinion.linux.SystemCalls;
import io.pinion.volume.DeviceUser;
import io.pinion.volume.DeviceUser.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who uses block devices, as it was when this was made: mounts, swap, mappings, loop devices, and, if wanted, processes. Of a
 * device all that shares its bytes counts: its partitions, what was made of it, loop devices on it, and what lies behind one.
 * It names them; whether a device can be had is the kernel's to say, which knows of users that nobody sees from here.
 */
final class DeviceUsers {
    private static final int POINTS = 3;

    private final BlockDevices devices;
    private final Map<String, List<String>> points;
    private final Set<String> swaps;
    private final List<Set<String>> btrfs;
    private final Processes.Opens opens;
    private final Map<String, String> behindLoop = new HashMap<>();
    private final Map<String, List<String>> loopsOn = new HashMap<>();

    private DeviceUsers(SystemCalls calls, BlockDevices devices, Mounts mounts, Processes.Opens opens) {
        this.devices = devices;
        this.opens = opens;
        points = mounts.pointsByDevice();
        swaps = mounts.swaps();
        btrfs = devices.btrfs();
        for (String loop : devices.loops()) {
            Optional<String> behind = devices.backing(loop)
                    .filter(path -> path.startsWith("/dev"))
                    .flatMap(path -> BlockNode.number(calls, path));
            behind.ifPresent(device -> {
                behindLoop.put(loop, device);
                loopsOn.computeIfAbsent(device, d -> new ArrayList<>()).add(loop);
            });
        }
    }

    /** {@return the users but processes, which take longer to look through} */
    static DeviceUsers without(SystemCalls calls, BlockDevices devices, Path proc) {
        return new DeviceUsers(calls, devices, new Mounts(calls, proc), new Processes.Opens(Map.of(), false));
    }

    /** {@return the users, with the processes that this one may look into} */
    static DeviceUsers with(SystemCalls calls, BlockDevices devices, Path proc) {
        return new DeviceUsers(calls, devices, new Mounts(calls, proc), new Processes(calls, proc).opens());
    }

    /** {@return whether all processes were looked through} */
    boolean isComplete() {
        return opens.complete();
    }

    /** {@return who uses the device, its own users first} */
    List<DeviceUser> of(String device) {
        List<DeviceUser> found = new ArrayList<>();
        above(device, found, new HashSet<>());
        // Who holds the whole device excludes its partitions, and the other way round.
        devices.whole(device)
                .ifPresent(whole -> Stream.concat(own(whole), mappings(whole))
                        .filter(DeviceUser::excludes)
                        .forEach(found::add));
        behindLoop(device, found);
        return found;
    }

    /**
     * {@return whom O_EXCL does not see} A loop device opens what is behind it as any process does, and a claim that was forced has no
     * O_EXCL.
     */
    List<DeviceUser> besideExclusive(String device) {
        List<DeviceUser> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Stream.concat(Stream.of(device), devices.above(device).stream())
                .flatMap(d -> loopsOn.getOrDefault(d, List.of()).stream())
                .forEach(loop -> above(loop, found, seen));
        behindLoop(device, found);
        of(device).stream().filter(user -> user.kind() == Kind.CLAIM).forEach(found::add);
        return found.stream().filter(DeviceUser::excludes).toList();
    }

    /** Those of the device behind a loop device, but not those of the loop device, which may be our neighbours on it. */
    private void behindLoop(String device, List<DeviceUser> found) {
        String loop = devices.whole(device).orElse(device);
        if (behindLoop.containsKey(loop)) {
            above(behindLoop.get(loop), found, new HashSet<>(Set.of(loop)));
        }
    }

    private void above(String device, List<DeviceUser> found, Set<String> seen) {
        if (!seen.add(device)) {
            return;
        }
        Stream.concat(own(device), mappings(device)).forEach(found::add);
        devices.above(device).forEach(above -> above(above, found, seen));
        for (String loop : loopsOn.getOrDefault(device, List.of())) {
            if (!seen.contains(loop)) {
                found.add(DeviceUser.of(Kind.LOOP, devices.name(device), "behind " + devices.name(loop)));
                above(loop, found, seen);
            }
        }
    }

    private Stream<DeviceUser> mappings(String device) {
        return devices.above(device).stream()
                .filter(devices::isMapping)
                .map(mapping -> DeviceUser.of(Kind.MAPPING, devices.name(device), "held by " + described(mapping)));
    }

    private Stream<DeviceUser> own(String device) {
        String name = devices.name(device);
        Stream<DeviceUser> mounts = mounted(device).map(how -> DeviceUser.of(Kind.MOUNT, name, how)).stream();
        Stream<DeviceUser> swap = Stream.of("swap space")
                .filter(s -> swaps.contains(device))
                .map(how -> DeviceUser.of(Kind.SWAP, name, how));
        Stream<DeviceUser> processes =
                opens.byDevice().getOrDefault(device, List.of()).stream().map(opener -> opener(name, opener));
        return Stream.of(mounts, swap, processes).flatMap(all -> all);
    }

    private Optional<String> mounted(String device) {
        List<String> own = points.getOrDefault(device, List.of());
        if (!own.isEmpty()) {
            return Optional.of("mounted at " + joined(own));
        }
        for (Set<String> system : btrfs) {
            if (system.contains(device)) {
                List<String> common = system.stream()
                        .flatMap(d -> points.getOrDefault(d, List.of()).stream())
                        .distinct()
                        .toList();
                return Optional.of(
                        common.isEmpty() ? unseen("btrfs") : "part of the btrfs that is mounted at " + joined(common));
            }
        }
        return devices.mountedTypes(device).stream().findFirst().map(DeviceUsers::unseen);
    }

    /** In another namespace, or detached while files are open. */
    private static String unseen(String type) {
        return "mounted (" + type + ") where this process does not see it";
    }

    private static String joined(List<String> all) {
        String first = String.join(", ", all.subList(0, Math.min(POINTS, all.size())));
        return all.size() <= POINTS ? first : first + " and " + (all.size() - POINTS) + " more places";
    }

    private String described(String mapping) {
        String title = devices.word(mapping, "dm/name");
        return devices.name(mapping) + (title.isEmpty() ? "" : " (" + title + ")");
    }

    private static DeviceUser opener(String name, Processes.Opener opener) {
        return opener.claims()
                ? DeviceUser.of(Kind.CLAIM, name, "claimed by " + opener.who())
                : DeviceUser.of(
                        Kind.PROCESS,
                        name,
                        "open by " + opener.who() + (opener.writes() ? ", for writing" : ", for reading"));
    }
}
