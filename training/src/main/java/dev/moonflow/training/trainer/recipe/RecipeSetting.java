package dev.moonflow.training.trainer.recipe;

import dev.moonflow.connectors.naming.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A setting of the command line, {@code key=value}, laid over a recipe. */
final class RecipeSetting {
  private RecipeSetting() {}

  /**
   * The recipe with one value replaced or added.
   *
   * @param setting such as {@code stages.text.learning-rate.peak=1e-3}
   */
  static RecipeNode.Keys apply(RecipeNode.Keys root, String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      throw new RecipeException("setting " + setting + " must have the form key=value.");
    }
    List<String> path = List.of(setting.substring(0, equals).split("\\."));
    RecipeNode value = RecipeParser.value(setting.substring(equals + 1), "setting " + setting);
    return (RecipeNode.Keys) put(root, path, value, setting);
  }

  private static RecipeNode put(
      RecipeNode node, List<String> path, RecipeNode value, String setting) {
    if (path.isEmpty()) {
      return value;
    }
    String key = path.get(0);
    List<String> rest = path.subList(1, path.size());
    if (node instanceof RecipeNode.Items items) {
      List<RecipeNode> changed = new ArrayList<>(items.items());
      int at = find(items, key, setting);
      changed.set(at, put(changed.get(at), rest, value, setting));
      return new RecipeNode.Items(changed, items.line());
    }
    Map<String, RecipeNode> values = new LinkedHashMap<>();
    int line = 0;
    if (node instanceof RecipeNode.Keys keys) {
      values.putAll(keys.values());
      line = keys.line();
    }
    values.put(key, put(values.get(key), rest, value, setting));
    return new RecipeNode.Keys(values, line);
  }

  private static int find(RecipeNode.Items items, String key, String setting) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < items.items().size(); i++) {
      if (items.items().get(i) instanceof RecipeNode.Keys keys
          && keys.values().get("name") instanceof RecipeNode.Scalar name) {
        if (key.equals(name.value())) {
          return i;
        }
        names.add(String.valueOf(name.value()));
      }
      if (key.equals(String.valueOf(i))) {
        return i;
      }
    }
    String hint = names.isEmpty() ? "" : "; did you mean " + NearestName.to(key, names) + "?";
    throw new RecipeException("setting %s: there is no %s%s".formatted(setting, key, hint));
  }
}
