package dev.moonflow.training.data.small;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.Inks;
import dev.moonflow.training.data.subject.NamedColor;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Two or three frames in which one of at most two objects moves or changes, or nothing does.
 *
 * @param subject what it happens to
 * @param other stands still, or null
 * @param colorAfter of the subject at the end
 */
record Clip(Change change, Group subject, Group other, NamedColor colorAfter, int frames) {
  private static final double FRAME = 126;
  private static final double SIZE = 44;

  /** What happens. */
  enum Change {
    RIGHT("moves to the right", 1, 0),
    LEFT("moves to the left", -1, 0),
    UP("moves up", 0, -1),
    DOWN("moves down", 0, 1),
    APPEARS("appears", 0, 0),
    DISAPPEARS("disappears", 0, 0),
    GROWS("gets bigger", 0, 0),
    SHRINKS("gets smaller", 0, 0),
    TURNS("turns", 0, 0),
    NOTHING("", 0, 0);

    private final String words;
    private final int dx;
    private final int dy;

    Change(String words, int dx, int dy) {
      this.words = words;
      this.dx = dx;
      this.dy = dy;
    }

    /** Whether the object is somewhere else at the end. */
    boolean isMove() {
      return dx != 0 || dy != 0;
    }
  }

  /** Frames of the vocabulary's side. */
  static Clip pick(Draw draw, Vocabulary words) {
    return words.ownBy(
        draw, Clip::any, clip -> clip.caption() + clip.subject.words() + clip.other + clip.frames);
  }

  private static Clip any(Draw draw) {
    Change change = draw.pick(Change.values());
    Group subject = new Group(1, Group.color(draw), draw.pick(Thing.ALL));
    Group other = null;
    if (draw.chance(0.5)) {
      other = new Group(1, Group.color(draw), draw.pick(Thing.ALL));
      if (other.thing().equals(subject.thing())) {
        other = null;
      }
    }
    NamedColor after = subject.color();
    while (change == Change.TURNS && after == subject.color()) {
      after = Group.color(draw);
    }
    return new Clip(change, subject, other, after, draw.between(2, 3));
  }

  /** {@code The red car moves to the right.} */
  String caption() {
    return switch (change) {
      case NOTHING -> "Nothing changes.";
      case APPEARS -> upper(subject.words()) + " appears.";
      case TURNS -> "The %s turns %s.".formatted(subject.single(), colorAfter.word());
      default -> "The %s %s.".formatted(subject.single(), change.words);
    };
  }

  private static String upper(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** Phrases of the caption that must be right, by attribute. */
  Map<String, String> checks() {
    if (change == Change.NOTHING) {
      return Map.of("change", "nothing changes");
    }
    return Map.of(
        "object",
        subject.single(),
        "change",
        change == Change.TURNS ? "turns " + colorAfter.word() : change.words);
  }

  /** What can be asked about them. */
  String question(Draw draw) {
    return change.isMove()
        ? draw.pick("What moves?", "What happens?", "What changes?")
        : draw.pick("What changes?", "What happens?");
  }

  /** The frames, all of one size. */
  List<Canvas> draw(Draw draw) {
    Color paper = draw.chance(0.6) ? Color.WHITE : Inks.light(draw);
    int side = (int) FRAME;
    // The other object has a corner of its own, away from the way of the subject.
    boolean low = draw.chance(0.5);
    double row = draw.uniform(4, 12);
    double otherY = low ? FRAME - SIZE - row : row;
    double way = FRAME - SIZE - 8;
    double level = low ? row : FRAME - SIZE - row;
    boolean vertical = change.dy != 0;
    double column = draw.uniform(4, 12);
    Color color = subject.color().shade(draw);
    Color otherColor = other == null ? color : other.color().shade(draw);
    double rest = draw.uniform(0.1, 0.9);
    double size = SIZE * draw.uniform(0.85, 1);
    List<Canvas> canvases = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      double time = i / (frames - 1.0);
      Canvas canvas = new Canvas(side, side, paper);
      if (other != null) {
        double x = vertical ? FRAME - SIZE - column : 4 + way * (1 - rest);
        fill(canvas, other, otherColor, x, vertical ? 4 + way * rest : otherY, SIZE * 0.9);
      }
      double along = change.dx + change.dy > 0 ? time : 1 - time;
      double x = vertical ? column : 4 + way * (change.dx == 0 ? rest : along);
      double y = vertical ? 4 + way * along : level;
      double now = size;
      if (change == Change.GROWS) {
        now = size * (0.55 + 0.6 * time);
      } else if (change == Change.SHRINKS) {
        now = size * (1.15 - 0.6 * time);
      }
      boolean there =
          change == Change.APPEARS
              ? i == frames - 1
              : change != Change.DISAPPEARS || i < frames - 1;
      if (there) {
        Color shown = change == Change.TURNS && time > 0.6 ? colorAfter.color() : color;
        double shift = (size - now) / 2;
        fill(canvas, subject, shown, x + shift, y + shift, now);
      }
      canvases.add(canvas);
    }
    return canvases;
  }

  private static void fill(
      Canvas canvas, Group group, Color color, double x, double y, double size) {
    canvas.fill(group.thing().in(new Box(x, y, x + size, y + size)), color);
  }
}
