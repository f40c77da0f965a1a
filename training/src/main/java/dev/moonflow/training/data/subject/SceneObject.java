package dev.moonflow.training.data.subject;

import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.text.Nouns;

/**
 * One object of a scene.
 *
 * @param box the square that it fills
 */
public record SceneObject(Form form, NamedColor color, Box box) {
  /** {@code red circle}. */
  public String words() {
    return color.word() + " " + form.word();
  }

  /** {@code a red circle}. */
  public String withArticle() {
    return Nouns.withArticle(words());
  }

  /** The same elsewhere. */
  public SceneObject moved(double dx, double dy) {
    return new SceneObject(
        form, color, new Box(box.left() + dx, box.top() + dy, box.right() + dx, box.bottom() + dy));
  }
}
