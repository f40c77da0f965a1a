package dev.moonflow.training.data.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.generate.Generators;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.data.text.Prose;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Region;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FilterTest {
  private static final Generators GENERATORS = Generators.standard();

  private static Sample sample(String id, List<Part> parts) {
    return new Sample(
        id, Category.CAPTION, "t", "test", 0, parts, List.of(), Optional.empty(), Map.of());
  }

  @Test
  void minHashEstimatesTheJaccardSimilarity() {
    Prose prose = new Prose(Draw.of("minhash", 1, 1));
    for (int shared = 10; shared <= 90; shared += 20) {
      List<String> words = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        words.add("w" + Long.toUnsignedString(Draw.key("word", shared, i), 36));
      }
      String a = String.join(" ", words);
      String b = String.join(" ", words.subList(0, 4 * shared)) + " " + prose.paragraph(10);
      Set<String> inA = shingles(a);
      Set<String> inB = shingles(b);
      Set<String> both = new HashSet<>(inA);
      both.retainAll(inB);
      double exact = (double) both.size() / (inA.size() + inB.size() - both.size());
      // 96 draws of 0 or 1: four deviations are at most 0.21.
      assertThat(MinHash.similarity(MinHash.signature(a), MinHash.signature(b)))
          .isBetween(exact - 0.21, exact + 0.21);
    }
  }

  private static Set<String> shingles(String text) {
    String[] words = text.toLowerCase(java.util.Locale.ROOT).split("[^\\p{L}\\p{N}]+");
    Set<String> shingles = new HashSet<>();
    for (int i = 0; i + 3 <= words.length; i++) {
      shingles.add(words[i] + " " + words[i + 1] + " " + words[i + 2]);
    }
    return shingles;
  }

  @Test
  void imagesThatWereScaledAndRecompressedAreFoundAndOthersAreNot() {
    int found = 0;
    List<Fingerprint> originals = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Sample page = GENERATORS.named("ocr-block").generate(9, i);
      Part.Image image = (Part.Image) page.parts().get(0);
      BufferedImage pixels = Images.decode(image);
      byte[] jpeg = Images.jpeg(pixels, 0.8);
      Sample copy =
          sample(
              "copy" + i,
              List.of(
                  new Part.Image(Role.NONE, jpeg, image.width(), image.height()),
                  page.parts().get(1)));
      Fingerprint a = Fingerprint.of(page, 1);
      Fingerprint b = Fingerprint.of(copy, 1);
      originals.add(a);
      found += NearDuplicates.in(List.of(a, b)).size();
    }
    assertThat(found).isGreaterThanOrEqualTo(38);
    assertThat(NearDuplicates.in(originals)).isEmpty();
  }

  @Test
  void ofNearTextsTheFirstOfTheOrderStaysWhateverTheArrival() {
    String text = new Prose(Draw.of("near", 1, 1)).paragraph(20);
    List<Fingerprint> prints = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      prints.add(
          Fingerprint.of(sample("s" + i, List.of(Part.text(text + " Number " + i + "."))), 4));
    }
    var gone = NearDuplicates.in(prints);
    assertThat(gone).hasSize(5);
    Collections.reverse(prints);
    assertThat(NearDuplicates.in(prints)).isEqualTo(gone);
    Fingerprint first =
        prints.stream().filter(print -> !gone.contains(print.id())).findFirst().orElseThrow();
    assertThat(prints).allMatch(print -> print.equals(first) || first.precedes(print));
  }

  @Test
  void theSameImageWithAnotherQuestionIsAnotherExample() {
    Part image = GENERATORS.named("ocr-line").generate(1, 1).parts().get(0);
    Sample a = sample("a", List.of(image, Part.text("What colour is the text here?")));
    Sample b = sample("b", List.of(image, Part.text("How many words does the line have?")));
    assertThat(NearDuplicates.in(List.of(Fingerprint.of(a, 1), Fingerprint.of(b, 1)))).isEmpty();
  }

  @Test
  void agreementIsHighForWhatWasMadeAndLowForSwappedTexts() {
    LabelAgreement agreement = new LabelAgreement();
    double swappedSum = 0;
    for (int i = 0; i < 20; i++) {
      for (String name : List.of("ocr-line", "ocr-block", "caption-shapes")) {
        Sample sample = GENERATORS.named(name).generate(6, i);
        assertThat(agreement.score(sample).orElseThrow()).as(sample.id()).isGreaterThan(0.9);
        Sample other = GENERATORS.named("text-prose").generate(6, i);
        List<Part> parts = new ArrayList<>(sample.parts());
        parts.set(1, other.parts().get(0));
        Sample swapped =
            new Sample(
                "swapped",
                sample.category(),
                sample.topic(),
                "test",
                0,
                parts,
                sample.regions(),
                Optional.empty(),
                Map.of());
        swappedSum += agreement.score(swapped).orElseThrow();
      }
    }
    // A label without a word, or with one that is everywhere, agrees with any text.
    assertThat(swappedSum / 60).isLessThan(0.3);
    assertThat(agreement.score(GENERATORS.named("text-code").generate(1, 1))).isEmpty();
  }

  @Test
  void figuresThatWereCollectedAtTheEndGoWhereTheTextSpeaksOfThem() {
    Sample article = null;
    for (int i = 0; article == null || !"3".equals(article.attributes().get("figures")); i++) {
      article = GENERATORS.named("interleaved-article").generate(8, i);
    }
    List<Part> collected = new ArrayList<>();
    article.parts().stream().filter(p -> p instanceof Part.Text).forEach(collected::add);
    int texts = collected.size();
    article.parts().stream().filter(p -> p instanceof Part.Image).forEach(collected::add);
    List<Region> regions = List.of(new Region(texts + 2, 1, 2, 3, 4, "in the third"));
    Sample apart =
        new Sample(
            "apart",
            Category.INTERLEAVED,
            "t",
            "test",
            0,
            collected,
            regions,
            Optional.empty(),
            Map.of());
    Sample fixed = FigureOrder.apply(apart);
    assertThat(fixed.parts()).isEqualTo(article.parts());
    assertThat(fixed.parts().get(fixed.regions().get(0).part())).isSameAs(collected.get(texts + 2));
    assertThat(FigureOrder.apply(article)).isEqualTo(article);
  }

  @Test
  void resolutionsAreGroupedByOctaveAndForm() {
    byte[] any = {1};
    assertThat(Buckets.resolution(sample("a", List.of(new Part.Image(Role.NONE, any, 300, 280)))))
        .isEqualTo("256-even");
    assertThat(Buckets.resolution(sample("a", List.of(new Part.Image(Role.NONE, any, 900, 100)))))
        .isEqualTo("256-wide");
    assertThat(Buckets.resolution(sample("a", List.of(Part.text("x"))))).isEqualTo("text");
  }
}
