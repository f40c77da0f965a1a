package dev.moonflow.training.data.filter;

import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Region;
import dev.moonflow.training.sample.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Puts images where the text speaks of them: web pages and textbooks lose that order when they are
 * taken apart. The n-th image goes right behind the first part that mentions figure n. An example
 * is changed only if every image is mentioned and the mentions come in order.
 */
public final class FigureOrder {
  private FigureOrder() {}

  /** The example with its images in place; regions follow their image. */
  public static Sample apply(Sample sample) {
    List<Integer> images = new ArrayList<>();
    List<Integer> texts = new ArrayList<>();
    for (int i = 0; i < sample.parts().size(); i++) {
      (sample.parts().get(i) instanceof Part.Image ? images : texts).add(i);
    }
    Map<Integer, Integer> imageBehind = new HashMap<>();
    int from = 0;
    for (int n = 1; n <= images.size(); n++) {
      int at = mention(sample, texts, from, n);
      if (at < 0 || imageBehind.containsKey(texts.get(at))) {
        return sample;
      }
      imageBehind.put(texts.get(at), images.get(n - 1));
      from = at;
    }
    List<Integer> order = new ArrayList<>();
    for (int text : texts) {
      order.add(text);
      if (imageBehind.containsKey(text)) {
        order.add(imageBehind.get(text));
      }
    }
    return reordered(sample, order);
  }

  private static int mention(Sample sample, List<Integer> texts, int from, int figure) {
    Pattern pattern = Pattern.compile("(?i)\\bfig(ure|\\.)?\\s*" + figure + "\\b");
    for (int i = from; i < texts.size(); i++) {
      if (pattern.matcher(((Part.Text) sample.parts().get(texts.get(i))).text()).find()) {
        return i;
      }
    }
    return -1;
  }

  private static Sample reordered(Sample sample, List<Integer> order) {
    List<Part> parts = new ArrayList<>();
    Map<Integer, Integer> newIndex = new HashMap<>();
    for (int old : order) {
      newIndex.put(old, parts.size());
      parts.add(sample.parts().get(old));
    }
    List<Region> regions = new ArrayList<>();
    for (Region r : sample.regions()) {
      regions.add(
          new Region(newIndex.get(r.part()), r.left(), r.top(), r.right(), r.bottom(), r.label()));
    }
    return new Sample(
        sample.id(),
        sample.category(),
        sample.topic(),
        sample.source(),
        sample.seed(),
        parts,
        regions,
        sample.answer(),
        sample.attributes());
  }
}
