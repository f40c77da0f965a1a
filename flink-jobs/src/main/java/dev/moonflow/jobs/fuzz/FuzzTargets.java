package dev.moonflow.jobs.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every target by name. Close it when the targets are not used any more. */
public final class FuzzTargets implements AutoCloseable {
  private final Map<String, Maker> makers = new LinkedHashMap<>();
  private final EventTargets events;

  /** Makes a target. */
  interface Maker {
    FuzzTarget make() throws Exception;
  }

  /** Targets that keep their files in a folder. */
  public FuzzTargets(Path folder) {
    events = new EventTargets();
    ImageTargets.addTo(makers);
    makers.put("pdf", DocumentTargets::pdf);
    makers.put("video", () -> DocumentTargets.video(folder));
    events.addTo(makers);
    makers.put("safetensors", () -> TensorTargets.safetensors(folder));
    makers.put("weights", () -> TensorTargets.weights(folder));
    new CheckpointTargets(folder).addTo(makers);
    TextTargets.addTo(makers, folder);
  }

  /** The names, in the order in which they are tried. */
  public List<String> names() {
    return new ArrayList<>(makers.keySet());
  }

  /**
   * Makes a target, with its seeds.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public FuzzTarget open(String name) throws Exception {
    Maker maker = makers.get(name);
    if (maker == null) {
      throw new IllegalArgumentException("there is no target " + name);
    }
    return maker.make();
  }

  /** Words as bytes. */
  static List<byte[]> words(String... words) {
    List<byte[]> bytes = new ArrayList<>();
    for (String word : words) {
      bytes.add(word.getBytes(UTF_8));
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    events.close();
  }
}
