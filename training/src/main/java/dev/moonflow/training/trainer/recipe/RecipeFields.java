package dev.moonflow.training.trainer.recipe;

import dev.moonflow.connectors.naming.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The keys of one section of a recipe. Whoever reads a section asks for every key it knows and then
 * calls {@link #finish}: what is left over is unknown.
 */
public final class RecipeFields {
  private final String file;
  private final String path;
  private final RecipeNode.Keys keys;
  private final TreeSet<String> known = new TreeSet<>();

  RecipeFields(String file, String path, RecipeNode.Keys keys) {
    this.file = file;
    this.path = path;
    this.keys = keys;
  }

  /** Whether the key is there and not null. */
  public boolean has(String key) {
    return value(key) != null;
  }

  /** A text that must be there. */
  public String text(String key) {
    if (value(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw bad(key, "must be a text");
  }

  /** A text with a default. */
  public String text(String key, String absent) {
    return has(key) ? text(key) : absent;
  }

  /** A list of texts, or one text as a list of one, with a default. */
  public List<String> texts(String key, List<String> absent) {
    known.add(key);
    if (keys.values().get(key) instanceof RecipeNode.Items items) {
      List<String> texts = new ArrayList<>();
      for (RecipeNode item : items.items()) {
        if (!(item instanceof RecipeNode.Scalar s && s.value() instanceof String text)) {
          throw bad(key, "must be a list of texts");
        }
        texts.add(text);
      }
      return List.copyOf(texts);
    }
    return has(key) ? List.of(text(key)) : absent;
  }

  /** A whole number that must be there. */
  public long integer(String key, long min, long max) {
    if (value(key) instanceof Long number && number >= min && number <= max) {
      return number;
    }
    throw bad(key, "must be a whole number from " + min + " to " + max);
  }

  /** A whole number with a default. */
  public long integer(String key, long min, long max, long absent) {
    return has(key) ? integer(key, min, max) : absent;
  }

  /** A number that must be there. */
  public double number(String key, double min, double max) {
    Object value = value(key);
    double number = Double.NaN;
    if (value instanceof Long || value instanceof Double) {
      number = ((Number) value).doubleValue();
    } else if (value instanceof String text && text.matches("[-+]?[0-9.]+[eE][-+]?[0-9]+")) {
      // YAML 1.1 takes 4e-4 for a text, because it has no point.
      number = Double.parseDouble(text);
    }
    if (number >= min && number <= max) {
      return number;
    }
    throw bad(key, "must be a number from " + min + " to " + max);
  }

  /** A number with a default. */
  public double number(String key, double min, double max, double absent) {
    return has(key) ? number(key, min, max) : absent;
  }

  /** True or false, with a default. */
  public boolean flag(String key, boolean absent) {
    if (!has(key)) {
      return absent;
    }
    if (value(key) instanceof Boolean flag) {
      return flag;
    }
    throw bad(key, "must be true or false");
  }

  /** A constant of an enum, written in lower case with hyphens, with a default. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E absent) {
    if (!has(key)) {
      return absent;
    }
    List<String> names = Stream.of(type.getEnumConstants()).map(RecipeFields::written).toList();
    for (E constant : type.getEnumConstants()) {
      if (written(constant).equals(value(key))) {
        return constant;
      }
    }
    String nearest = NearestName.to(String.valueOf(value(key)), names);
    throw bad(
        key, "must be one of " + String.join(", ", names) + " (did you mean " + nearest + "?)");
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The section under a key; an empty one if the key is absent. */
  public RecipeFields section(String key) {
    known.add(key);
    RecipeNode node = keys.values().get(key);
    if (node == null || (node instanceof RecipeNode.Scalar s && s.value() == null)) {
      return new RecipeFields(file, path + key + ".", new RecipeNode.Keys(Map.of(), line(key)));
    }
    if (node instanceof RecipeNode.Keys section) {
      return new RecipeFields(file, path + key + ".", section);
    }
    throw bad(key, "must have keys of its own");
  }

  /** The list of sections under a key; empty if the key is absent. */
  public List<RecipeFields> sections(String key) {
    known.add(key);
    RecipeNode node = keys.values().get(key);
    List<RecipeFields> sections = new ArrayList<>();
    if (node == null) {
      return sections;
    }
    if (!(node instanceof RecipeNode.Items items)) {
      throw bad(key, "must be a list");
    }
    for (RecipeNode item : items.items()) {
      if (!(item instanceof RecipeNode.Keys section)) {
        throw bad(key, "must be a list of sections");
      }
      sections.add(new RecipeFields(file, path + key + "[" + sections.size() + "].", section));
    }
    return sections;
  }

  /** Refuses what nobody asked for. */
  public void finish() {
    for (String key : keys.values().keySet()) {
      if (!known.contains(key)) {
        String hint = known.isEmpty() ? "" : "; did you mean " + NearestName.to(key, known) + "?";
        throw new RecipeException(
            "%s: unknown key %s%s%s.".formatted(where(key), path, key, hint).replace("?.", "?"));
      }
    }
  }

  /** An error about one key. */
  public RecipeException bad(String key, String rule) {
    RecipeNode node = keys.values().get(key);
    return new RecipeException(
        "%s: %s%s %s, found %s."
            .formatted(where(key), path, key, rule, node == null ? "nothing" : node.canonical()));
  }

  /** An error about the section as a whole. */
  public RecipeException bad(String sentence) {
    String name = path.isEmpty() ? "" : ": " + path.substring(0, path.length() - 1);
    return new RecipeException(at(keys.line()) + name + " " + sentence + ".");
  }

  RecipeNode.Keys keys() {
    return keys;
  }

  private Object value(String key) {
    known.add(key);
    RecipeNode node = keys.values().get(key);
    if (node == null) {
      return null;
    }
    return node instanceof RecipeNode.Scalar scalar ? scalar.value() : node;
  }

  private int line(String key) {
    RecipeNode node = keys.values().get(key);
    return node == null ? keys.line() : node.line();
  }

  private String where(String key) {
    return at(line(key));
  }

  private String at(int line) {
    return line == 0 ? "setting" : "recipe " + file + ", line " + line;
  }
}
