package dev.moonflow.training.trainer.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a YAML file that knows its line; line 0 is the command line. */
sealed interface RecipeNode {
  /** Where it begins, from 1. */
  int line();

  /** In one canonical form: keys sorted, no spaces, lines left out. */
  String canonical();

  /** A plain value: String, Long, Double, Boolean or null. */
  record Scalar(Object value, int line) implements RecipeNode {
    @Override
    public String canonical() {
      return value instanceof String ? '"' + value.toString() + '"' : String.valueOf(value);
    }
  }

  /** A list. */
  record Items(List<RecipeNode> items, int line) implements RecipeNode {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String canonical() {
      return items.stream().map(RecipeNode::canonical).toList().toString();
    }
  }

  /** Keys and values, in the file's order. */
  record Keys(Map<String, RecipeNode> values, int line) implements RecipeNode {
    public Keys {
      values = new LinkedHashMap<>(values);
    }

    @Override
    public String canonical() {
      List<String> lines = new ArrayList<>();
      values.forEach((key, value) -> lines.add(key + ":" + value.canonical()));
      lines.sort(null);
      return "{" + String.join(",", lines) + "}";
    }

    /** These keys with those of another laid over them; keys of keys are merged likewise. */
    Keys overlaid(Keys over) {
      Map<String, RecipeNode> merged = new LinkedHashMap<>(values);
      over.values.forEach(
          (key, value) ->
              merged.merge(
                  key,
                  value,
                  (below, above) ->
                      below instanceof Keys b && above instanceof Keys a ? b.overlaid(a) : above));
      return new Keys(merged, over.line);
    }

    /** These keys without one of them. */
    Keys without(String key) {
      Map<String, RecipeNode> fewer = new LinkedHashMap<>(values);
      fewer.remove(key);
      return new Keys(fewer, line);
    }
  }
}
