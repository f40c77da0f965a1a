package dev.moonflow.model.convert;

/** Is told how far a conversion is; called from several threads, one at a time. */
@FunctionalInterface
public interface ConversionProgress {
  /** Nobody watches. */
  ConversionProgress NONE = (name, done, total) -> {};

  /**
   * A tensor is written.
   *
   * @param tensor its name
   * @param doneBytes bytes of the file that are there
   * @param totalBytes bytes that there will be
   */
  void written(String tensor, long doneBytes, long totalBytes);
}
