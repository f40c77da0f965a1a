package dev.moonflow.training.data.generate;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.data.subject.Form;
import dev.moonflow.training.data.subject.NamedColor;
import dev.moonflow.training.data.subject.SceneObject;
import dev.moonflow.training.data.text.Prose;
import dev.moonflow.training.data.text.Values;
import dev.moonflow.training.sample.Role;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Frames in time order, each after its timestamp, and what happens. */
final class VideoSamples {
  private static final int SIDE = 112;

  private final FontSet fonts;

  VideoSamples(FontSet fonts) {
    this.fonts = fonts;
  }

  private enum Motion {
    RIGHT("moves from left to right", 0.05, 0.4, 0.65, 0.4),
    LEFT("moves from right to left", 0.65, 0.4, 0.05, 0.4),
    UP("rises from the bottom to the top", 0.4, 0.68, 0.4, 0.04),
    DOWN("falls from the top to the bottom", 0.4, 0.04, 0.4, 0.68),
    GROW("grows", 0.35, 0.35, 0.35, 0.35),
    SHRINK("shrinks", 0.35, 0.35, 0.35, 0.35),
    STILL("stays where it is", 0.35, 0.35, 0.35, 0.35),
    APPEAR("appears in the middle", 0.35, 0.35, 0.35, 0.35);

    private final String words;
    private final double[] way;

    Motion(String words, double... way) {
      this.words = words;
      this.way = way;
    }

    /** The object at a time from 0 to 1; null while it is not there. */
    SceneObject at(SceneObject object, double time) {
      if (this == APPEAR && time < 0.5) {
        return null;
      }
      double size = SIDE * 0.3;
      if (this == GROW) {
        size *= 0.5 + time;
      } else if (this == SHRINK) {
        size *= 1.5 - time;
      }
      double x = SIDE * (way[0] + (way[2] - way[0]) * time) + (SIDE * 0.3 - size) / 2;
      double y = SIDE * (way[1] + (way[3] - way[1]) * time) + (SIDE * 0.3 - size) / 2;
      return new SceneObject(object.form(), object.color(), new Box(x, y, x + size, y + size));
    }
  }

  private static SceneObject object(Draw draw) {
    return new SceneObject(
        draw.pick(Form.values()), draw.pick(NamedColor.values()), new Box(0, 0, 1, 1));
  }

  private static String stamp(double seconds) {
    return String.format(Locale.ROOT, "%02d:%04.1f", (int) seconds / 60, seconds % 60);
  }

  private static void frame(
      SampleBuilder sample, Role role, double seconds, Canvas canvas, SceneObject shown) {
    sample.text(role, stamp(seconds)).image(role, canvas.image());
    if (shown != null) {
      sample.region(shown.box(), shown.words());
    }
  }

  /** One to two moves, one after the other, described with their times. */
  void motion(Draw draw, SampleBuilder sample) {
    int acts = draw.between(1, 2);
    double step = draw.pick(0.5, 1.0, 2.0);
    double seconds = 0;
    List<String> said = new ArrayList<>();
    Color ground = draw.chance(0.6) ? Color.WHITE : new Color(232, 240, 248);
    for (int act = 0; act < acts; act++) {
      SceneObject object = object(draw);
      Motion motion = draw.pick(Motion.values());
      int frames = draw.between(3, 5);
      double from = seconds;
      for (int i = 0; i < frames; i++) {
        SceneObject shown = motion.at(object, i / (frames - 1.0));
        Canvas canvas = new Canvas(SIDE, SIDE, ground);
        if (shown != null) {
          canvas.fill(shown.form().in(shown.box()), shown.color().color());
        }
        frame(sample, Role.NONE, seconds, canvas, shown);
        seconds += step;
      }
      said.add(
          "%s to %s: %s %s."
              .formatted(
                  stamp(from),
                  stamp(seconds - step),
                  Prose.capital(object.withArticle()),
                  motion.words));
    }
    sample.text(String.join("\n", said)).topic("video/motion");
    sample.attribute("frame_seconds", step);
  }

  /** A long video in which one frame shows a number: what is it, and when. */
  void needle(Draw draw, SampleBuilder sample) {
    int frames = draw.between(16, 40);
    int at = draw.below(frames);
    String code = Values.fill(draw, "9999");
    Font font = fonts.pickPlain(draw, 30).deriveFont(Font.BOLD);
    List<Motion> motions = List.of(Motion.RIGHT, Motion.LEFT, Motion.UP, Motion.DOWN);
    SceneObject object = object(draw);
    Motion motion = draw.pick(motions);
    for (int i = 0; i < frames; i++) {
      if (i % 8 == 0) {
        object = object(draw);
        motion = draw.pick(motions);
      }
      Canvas canvas = new Canvas(SIDE, SIDE, Color.WHITE);
      SceneObject shown = motion.at(object, i % 8 / 7.0);
      if (i == at) {
        canvas.centred(code, font, Color.BLACK, SIDE / 2.0, SIDE / 2.0);
        shown = null;
      } else {
        canvas.fill(shown.form().in(shown.box()), shown.color().color());
      }
      frame(sample, Role.USER, i, canvas, shown);
    }
    boolean when = draw.chance(0.3);
    String answer = when ? stamp(at) : code;
    sample.user(when ? "When is the number " + code + " shown?" : "Which number is shown?");
    sample.assistant(answer).answer(answer).topic("video/needle");
    sample.attribute("needle_frame", at).attribute("frames", frames);
  }
}
