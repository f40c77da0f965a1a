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

  /** Names the choice of a process: auto (the default), portable or onednn. */
  public static final String PROPERTY = "moonflow.dense";

  private static volatile Selection selection;

  /**
   * Chooses for matrices that this process makes from now on.
   *
   * @param chosen null for what {@link #PROPERTY} says
   */
  public static void select(Selection chosen) {
    selection = chosen;
  }

  /**
   * The provider of matrices that are made now; throws as {@link #open}.
   *
   * @throws IllegalArgumentException if {@link #PROPERTY} has another value than the three
   */
  public static DenseProvider current() {
    Selection chosen = selection;
    return open(chosen != null ? chosen : Selection.parse(System.getProperty(PROPERTY, "auto")));
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
