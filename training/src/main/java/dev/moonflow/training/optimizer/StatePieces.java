package dev.moonflow.training.optimizer;

import dev.moonflow.training.torch.InPlace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;

/**
 * Saved optimizer state, looked up by parameter. A tensor is kept either whole, as {@code
 * NAME.momentum}, or as ranges of its flattened values, as {@code NAME.momentum[0:4096]}; ranges
 * from any number of ranks may stand together, which is how state moves from one number of ranks to
 * another.
 */
public final class StatePieces {
  private static final Pattern RANGE = Pattern.compile("(.+)\\[(\\d+):(\\d+)]");

  private record Piece(long begin, long end, Tensor values) {}

  private final Map<String, Tensor> whole = new HashMap<>();
  private final Map<String, List<Piece>> ranges = new HashMap<>();

  /** Of a map as {@link Optimizer#state} gives it, or of several put together. */
  public StatePieces(Map<String, Tensor> state) {
    state.forEach(this::add);
  }

  private void add(String key, Tensor values) {
    Matcher range = RANGE.matcher(key);
    if (!range.matches()) {
      whole.put(key, values);
      return;
    }
    long begin = Long.parseLong(range.group(2));
    long end = Long.parseLong(range.group(3));
    if (values.numel() != end - begin) {
      throw new IllegalArgumentException(
          "saved optimizer state " + key + " holds " + values.numel() + " values");
    }
    ranges
        .computeIfAbsent(range.group(1), name -> new ArrayList<>())
        .add(new Piece(begin, end, values));
  }

  /** The name of a range of a tensor's flattened values. */
  public static String key(String name, long begin, long end) {
    return name + "[" + begin + ":" + end + "]";
  }

  /**
   * Copies a whole tensor.
   *
   * @throws IllegalArgumentException if it is missing, incomplete or of another shape
   */
  public void read(String name, Tensor target) {
    Tensor saved = whole.get(name);
    if (saved != null && !Arrays.equals(saved.shape(), target.shape())) {
      throw new IllegalArgumentException(
          "saved optimizer state %s has shape %s, expected %s"
              .formatted(name, Arrays.toString(saved.shape()), Arrays.toString(target.shape())));
    }
    read(name, 0, InPlace.flat(target));
  }

  /**
   * Copies a range of a tensor's flattened values.
   *
   * @param begin index of the first value wanted
   * @param target a vector of as many values as are wanted
   * @throws IllegalArgumentException if one of them is missing
   */
  public void read(String name, long begin, Tensor target) {
    long end = begin + target.numel();
    Tensor saved = whole.get(name);
    List<Piece> pieces =
        saved != null
            ? List.of(new Piece(0, saved.numel(), saved))
            : ranges.getOrDefault(name, List.of());
    long found = begin;
    boolean more = true;
    while (found < end && more) {
      more = false;
      for (Piece piece : pieces) {
        if (piece.begin <= found && found < piece.end) {
          long until = Math.min(end, piece.end);
          InPlace.copy(
              InPlace.range(target, found - begin, until - begin),
              InPlace.range(
                  InPlace.flat(piece.values.contiguous()),
                  found - piece.begin,
                  until - piece.begin));
          found = until;
          more = true;
        }
      }
    }
    if (found < end) {
      throw new IllegalArgumentException(
          "saved optimizer state lacks %s%s"
              .formatted(name, pieces.isEmpty() ? "" : " from value " + found + " on"));
    }
  }
}
