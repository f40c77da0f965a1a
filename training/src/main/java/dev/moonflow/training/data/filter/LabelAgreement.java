package dev.moonflow.training.data.filter;

import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Region;
import dev.moonflow.training.sample.Sample;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Agreement by labels: the share of the words of the regions' labels that the text has, times the
 * share of regions that are not blank. For examples whose text should repeat what is labelled:
 * captions of objects and text that is read out.
 */
public final class LabelAgreement implements AgreementScorer {
  private static final long serialVersionUID = 1L;
  private static final int CONTRAST_MIN = 24;

  @Override
  public OptionalDouble score(Sample sample) {
    boolean repeats =
        switch (sample.category()) {
          case OCR, CAPTION -> !sample.regions().isEmpty();
          default -> false;
        };
    if (!repeats || !sample.topic().matches("(ocr|caption/scene).*")) {
      return OptionalDouble.empty();
    }
    Set<String> said = new HashSet<>();
    for (Part part : sample.parts()) {
      if (part instanceof Part.Text text) {
        said.addAll(words(text.text()));
      }
    }
    int found = 0;
    int all = 0;
    for (Region region : sample.regions()) {
      for (String word : words(region.label())) {
        all++;
        found +=
            said.contains(word) || said.contains(word + "s") || said.contains(word + "es") ? 1 : 0;
      }
    }
    double lexical = all == 0 ? 1 : (double) found / all;
    return OptionalDouble.of(lexical * visible(sample));
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  private static double visible(Sample sample) {
    Map<Integer, BufferedImage> images = new HashMap<>();
    int visible = 0;
    for (Region region : sample.regions()) {
      BufferedImage image =
          images.computeIfAbsent(
              region.part(), part -> Images.decode((Part.Image) sample.parts().get(part)));
      visible += contrast(image, region) >= CONTRAST_MIN ? 1 : 0;
    }
    return (double) visible / sample.regions().size();
  }

  /** Largest difference of any channel within a region, one pixel of its surroundings included. */
  private static int contrast(BufferedImage image, Region region) {
    int[] pixels = Images.pixels(image);
    int[] low = {255, 255, 255};
    int[] high = new int[3];
    int top = (int) Math.max(0, region.top() - 1);
    int bottom = (int) Math.min(image.getHeight(), region.bottom() + 1);
    int left = (int) Math.max(0, region.left() - 1);
    int right = (int) Math.min(image.getWidth(), region.right() + 1);
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int p = pixels[y * image.getWidth() + x];
        for (int c = 0; c < 3; c++) {
          int value = p >> 8 * c & 0xff;
          low[c] = Math.min(low[c], value);
          high[c] = Math.max(high[c], value);
        }
      }
    }
    int most = 0;
    for (int c = 0; c < 3; c++) {
      most = Math.max(most, high[c] - low[c]);
    }
    return most;
  }
}
