package dev.moonflow.jobs.cli.publish;

import java.nio.file.Path;

/**
 * A file to publish.
 *
 * @param path where it lies
 * @param name what results call it: the file's name, or its path below the folder that was given
 * @param kind what it becomes
 */
public record InputFile(Path path, String name, Kind kind) {
  /** What a file becomes. */
  public enum Kind {
    /** One image event, or a question about it. */
    IMAGE,
    /** One document event; a TIFF, which may have several pages, is one too. */
    DOCUMENT,
    /** A frame event for every frame that is taken. */
    VIDEO
  }
}
