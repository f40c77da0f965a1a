package dev.moonflow.kernels.dense;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the provider of a process. */
public final class DenseProviders {
  private static final Logger LOG = LoggerFactory.getLogger(DenseProviders.class);

  /** Who computes. */
  public enum Selection {
    /** The native one where it works, else the portable one. */
    AUTO,
    /** The Vector API. */
    PORTABLE,
    /** oneDNN, or an error. */
    ONEDNN;

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException naming the choices
     */
    public static Selection parse(String name) {
      return Arrays.stream(values())
          .filter(s -> s.name().equals(name.toUpperCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "\"" + name + "\" is none of auto, portable and onednn"));
    }
  }

  private static final DenseProvider PORTABLE = new PortableDense();

  private DenseProviders() {}

  /**
   * The native provider, or why there is none.
   *
   * @param provider or null
   * @param problem one sentence, or null
   */
  public record Native(DenseProvider provider, String problem) {}

  /** Loaded at first use, once. */
  private static final class NativeHolder {
    static final Native NATIVE = open();

    private static Native open() {
      try {
        OneDnnLibrary.load();
        DenseProvider provider = new OneDnnDense();
        DenseSelfTest.run(provider, PORTABLE);
        return new Native(provider, null);
      } catch (IOException | RuntimeException | LinkageError e) {
        LOG.debug("oneDNN is not used", e);
        return new Native(null, e.getMessage());
      }
    }
  }

  private static volatile Selection selection = Selection.AUTO;

  /** Chooses for matrices that this process makes from now on; auto unless this says so. */
  public static void select(Selection chosen) {
    selection = chosen;
  }

  /** The provider of matrices that are made now; throws as {@link #open}. */
  public static DenseProvider current() {
    return open(selection);
  }

  /** The portable provider. */
  public static DenseProvider portable() {
    return PORTABLE;
  }

  /** The native provider, or why there is none; the first call loads and tests it. */
  public static Native onednn() {
    return NativeHolder.NATIVE;
  }

  /**
   * The provider of a choice.
   *
   * @throws IllegalStateException if oneDNN is asked for and does not work here
   */
  public static DenseProvider open(Selection selection) {
    return switch (selection) {
      case PORTABLE -> PORTABLE;
      case AUTO -> onednn().provider() != null ? onednn().provider() : PORTABLE;
      case ONEDNN -> {
        if (onednn().provider() == null) {
          throw new IllegalStateException("oneDNN cannot be used: " + onednn().problem() + ".");
        }
        yield onednn().provider();
      }
    };
  }
}
