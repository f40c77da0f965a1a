package dev.moonflow.jobs.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.Quantities;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Java, processor, memory, disk and ports. */
final class MachineChecks {
  private static final int JAVA_MIN = 17;
  private static final long HEAP_MIN = 1L << 30;
  private static final long MEMORY_GOOD = 4L << 30;
  private static final long DISK_MIN = 1L << 30;
  private static final int[] WELL_KNOWN_PORTS = {9092, 8081};

  private MachineChecks() {}

  static Finding java() {
    String found = Runtime.version() + ", " + System.getProperty("java.vendor");
    if (Runtime.version().feature() < JAVA_MIN) {
      return Finding.missing(
          "Java",
          found,
          "install a JDK 17 or newer (Debian: apt-get install openjdk-17-jdk-headless)");
    }
    return Finding.good("Java", found);
  }

  static Finding vectors() {
    boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    if (!there) {
      return Finding.missing(
          "Vector API",
          "the module jdk.incubator.vector is not loaded",
          "start Java with --add-modules jdk.incubator.vector, as ./moonflow does");
    }
    return Finding.good("Vector API", VectorWidth.preferredBits() + " bits");
  }

  static Finding cores() {
    int cores = Runtime.getRuntime().availableProcessors();
    return Finding.good("Processor", Quantities.count(cores, "core") + ", " + architecture());
  }

  static Finding memory() {
    long heap = Runtime.getRuntime().maxMemory();
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long total = system.getTotalMemorySize();
    String found =
        Quantities.bytes(total) + " in all, " + Quantities.bytes(heap) + " for Java's heap";
    if (heap < HEAP_MIN) {
      return Finding.missing("Memory", found, "give Java at least 1 GB: MOONFLOW_JAVA_OPTS=-Xmx1g");
    }
    if (total < MEMORY_GOOD) {
      return Finding.optional("Memory", found, "the demo likes 4 GB or more");
    }
    return Finding.good("Memory", found);
  }

  static List<Finding> disks(Home home) {
    List<Finding> findings = new ArrayList<>();
    findings.add(disk("Disk, caches", home.work(), "MOONFLOW's folder"));
    findings.add(disk("Disk, temporary", Path.of(System.getProperty("java.io.tmpdir")), "TMPDIR"));
    return findings;
  }

  private static Finding disk(String title, Path folder, String what) {
    try {
      Files.createDirectories(folder);
      FileStore store = Files.getFileStore(folder);
      long free = store.getUsableSpace();
      String found = Quantities.bytes(free) + " free in " + folder;
      if (!Files.isWritable(folder)) {
        return Finding.missing(title, folder + " cannot be written", "correct its permissions");
      }
      if (free < DISK_MIN) {
        return Finding.optional(
            title, found, "make room: checkpoints of a job go there (" + what + ")");
      }
      return Finding.good(title, found);
    } catch (IOException e) {
      return Finding.missing(title, folder + ": " + e.getMessage(), "correct its permissions");
    }
  }

  /** Whether loopback ports can be had, and who sits on the ones that commands try by default. */
  static Finding ports() {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> taken = new ArrayList<>();
      for (int port : WELL_KNOWN_PORTS) {
        if (!isFree(port)) {
          taken.add(String.valueOf(port));
        }
      }
      String servers = taken.isEmpty() ? "nothing listens" : "something listens";
      return Finding.good(
          "Ports",
          "free loopback ports, for example "
              + any.getLocalPort()
              + "; "
              + servers
              + " on "
              + (taken.isEmpty() ? "9092 (Kafka) and 8081 (registry)" : String.join(", ", taken)));
    } catch (IOException e) {
      return Finding.missing(
          "Ports", "no port on the loopback interface: " + e.getMessage(), "allow 127.0.0.1");
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static String architecture() {
    return System.getProperty("os.name") + " " + System.getProperty("os.arch");
  }
}
