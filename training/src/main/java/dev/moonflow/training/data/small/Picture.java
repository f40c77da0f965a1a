package dev.moonflow.training.data.small;

import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.subject.Drawing;
import java.util.List;
import java.util.Map;

/**
 * One example in the making: what is shown, what is asked, and the answer.
 *
 * @param images in order
 * @param labels on the last image: lines of text or objects
 * @param font family, or empty
 * @param prompt of the user
 * @param steps of the thinking trace, or none
 * @param answer exact
 * @param kind what is shown, such as {@code receipt}
 * @param asked what kind of question it is, such as {@code count}
 * @param checks phrases that a right caption has, by attribute; none where the answer is exact
 */
public record Picture(
    List<Canvas> images,
    List<TextLine> labels,
    String font,
    String prompt,
    List<String> steps,
    String answer,
    String kind,
    String asked,
    Map<String, String> checks) {

  static Picture of(Drawing drawing, String prompt, String answer, String kind, String asked) {
    return new Picture(
        List.of(drawing.canvas()),
        drawing.lines(),
        drawing.font(),
        prompt,
        List.of(),
        answer,
        kind,
        asked,
        Map.of());
  }

  Picture withChecks(Map<String, String> phrases) {
    return new Picture(images, labels, font, prompt, steps, answer, kind, asked, phrases);
  }

  Picture withSteps(List<String> trace) {
    return new Picture(images, labels, font, prompt, trace, answer, kind, asked, checks);
  }
}
