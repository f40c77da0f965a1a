package dev.moonflow.training.evaluation.beside;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.training.evaluation.EvaluationException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command {@code tesseract} with its default settings. */
public final class Tesseract {
  /** A page takes a second or two; a batch that takes longer than this hangs. */
  private static final int MINUTES_MAX = 10;

  private final String command;
  private final String version;

  private Tesseract(String command, String version) {
    this.command = command;
    this.version = version;
  }

  /**
   * The one on the path.
   *
   * @throws EvaluationException if there is none
   */
  public static Tesseract find() {
    return find("tesseract");
  }

  /** The one of a name or path. */
  static Tesseract find(String command) {
    try {
      String said = run(List.of(command, "--version"), null);
      String first = said.lines().findFirst().orElse("").strip();
      return new Tesseract(command, first);
    } catch (IOException e) {
      throw new EvaluationException(
          "there is no command "
              + command
              + " on the path; install Tesseract 5 (Debian: tesseract-ocr), or leave out --beside.",
          e);
    }
  }

  /** What it calls itself, such as {@code tesseract 5.3.0}. */
  public String version() {
    return version;
  }

  /**
   * Reads images, several in one process.
   *
   * @param lines whether each is a single line and it is told so; else it decides by itself
   * @return the text of each, in order
   */
  List<String> read(List<Path> images, boolean lines, Path scratch) {
    try {
      Path list = scratch.resolve("images.txt");
      Files.write(list, images.stream().map(path -> path.toAbsolutePath().toString()).toList());
      List<String> arguments = new ArrayList<>(List.of(command, list.toString(), "stdout"));
      if (lines) {
        arguments.addAll(List.of("--psm", "7"));
      }
      // It ends the text of every image with a form feed.
      String[] texts = run(arguments, scratch.resolve("errors.txt").toFile()).split("\f", -1);
      if (texts.length == images.size() + 1) {
        return List.of(texts).subList(0, images.size());
      }
      if (images.size() == 1) {
        return List.of(String.join("", texts));
      }
      // An image in which it finds nothing has no form feed: halves tell which it was.
      int half = images.size() / 2;
      List<String> read = new ArrayList<>(read(images.subList(0, half), lines, scratch));
      read.addAll(read(images.subList(half, images.size()), lines, scratch));
      return read;
    } catch (IOException e) {
      throw new EvaluationException(version + " cannot be run: " + e.getMessage() + ".", e);
    }
  }

  private static String run(List<String> arguments, File errors) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(arguments);
    if (errors == null) {
      builder.redirectErrorStream(true);
    } else {
      builder.redirectError(errors);
    }
    // One thread, as the model has one: speed is not what is compared here.
    builder.environment().put("OMP_THREAD_LIMIT", "1");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("it did not end within " + MINUTES_MAX + " minutes");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", e);
    }
    if (process.exitValue() != 0) {
      throw new IOException("it ended with exit code " + process.exitValue());
    }
    return said;
  }
}
