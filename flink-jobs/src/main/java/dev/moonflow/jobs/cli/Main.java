package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.LogFile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The process behind {@code ./moonflow}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Home home = Home.ofProcess();
    PrintStream out = utf8(new FileOutputStream(FileDescriptor.out));
    PrintStream err = utf8(standardError());
    // Libraries that print by themselves end up where our own lines do.
    System.setOut(out);
    System.setErr(err);
    try {
      LogFile.choose(home, Instant.now());
    } catch (IOException | RuntimeException e) {
      err.println("moonflow: " + home.work() + " cannot hold a log: " + e.getMessage() + ".");
      System.exit(ExitCodes.USER_ERROR);
    }
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    int code = Cli.run(Console.ofProcess(out, err), home, args);
    out.flush();
    err.flush();
    System.exit(code);
  }

  /** The launcher keeps its own standard error at a path, because the JVM's goes to a filter. */
  private static FileOutputStream standardError() {
    String path = System.getProperty("moonflow.stderr");
    if (path != null) {
      try {
        return new FileOutputStream(path, true);
      } catch (IOException e) {
        // A socket cannot be opened by its path; the filtered one serves as well.
        return new FileOutputStream(FileDescriptor.err);
      }
    }
    return new FileOutputStream(FileDescriptor.err);
  }

  private static PrintStream utf8(FileOutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }
}
