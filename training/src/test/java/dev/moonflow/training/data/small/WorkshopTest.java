package dev.moonflow.training.data.small;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.ProductPrompts;
import dev.moonflow.training.data.print.FontPicker;
import dev.moonflow.training.data.print.Side;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.data.render.TextLine;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small pictures are small, say the truth, and share no name, value or picture across sides. */
class WorkshopTest {
  private static final FontPicker FONTS =
      (draw, pixels, text) -> {
        String family = draw.pick("DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono");
        return new Font(family, draw.pick(Font.PLAIN, Font.BOLD), 16).deriveFont((float) pixels);
      };
  private static final Map<Side, Workshop> SHOPS =
      Map.of(
          Side.TRAINING, new Workshop(Vocabulary.of(Side.TRAINING), FONTS),
          Side.HELD_OUT, new Workshop(Vocabulary.of(Side.HELD_OUT), FONTS));
  private static final Pattern EQUATION =
      Pattern.compile("([\\d.]+) ([+-]) ([\\d.]+) = ([\\d.]+)\\.");

  private record Kind(String name, BiFunction<Workshop, Draw, Picture> maker) {
    Picture make(Side side, int index) {
      return maker.apply(SHOPS.get(side), Draw.of(name, 3, index));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (String slip : Slip.KINDS) {
      kinds.add(new Kind(slip, (shop, draw) -> shop.slip(draw, slip)));
    }
    kinds.add(new Kind("table", Workshop::table));
    kinds.add(new Kind("bars", (shop, draw) -> shop.chart(draw, true)));
    kinds.add(new Kind("curve", (shop, draw) -> shop.chart(draw, false)));
    kinds.add(new Kind("scene", Workshop::scene));
    kinds.add(new Kind("document-caption", Workshop::documentCaption));
    kinds.add(new Kind("chart-caption", Workshop::chartCaption));
    kinds.add(new Kind("scene-caption", Workshop::sceneCaption));
    kinds.add(new Kind("frames", Workshop::frames));
    kinds.add(new Kind("sum", Workshop::sum));
    kinds.add(new Kind("word-sum", Workshop::wordSum));
    return kinds.stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void picturesAreSmallAndEqualDrawsGiveEqualPictures(Kind kind) {
    for (Side side : Side.values()) {
      for (int i = 0; i < 25; i++) {
        Picture picture = kind.make(side, i);
        assertThat(picture.prompt()).isNotBlank();
        assertThat(picture.answer()).isNotBlank().hasSizeLessThan(90);
        for (Canvas image : picture.images()) {
          assertThat(image.width()).isBetween(28, Sheet.SIDE_MAX);
          assertThat(image.height()).isBetween(28, Sheet.SIDE_MAX);
        }
        for (TextLine label : picture.labels()) {
          assertThat(label.box().left()).as(label.text()).isGreaterThan(-3);
          assertThat(label.box().top()).as(label.text()).isGreaterThan(-3);
          Canvas image = picture.images().get(0);
          assertThat(label.box().right()).as(label.text()).isLessThan(image.width() + 3);
          assertThat(label.box().bottom()).as(label.text()).isLessThan(image.height() + 3);
        }
      }
      Picture one = kind.make(side, 7);
      Picture same = kind.make(side, 7);
      assertThat(same.answer()).isEqualTo(one.answer());
      for (int i = 0; i < one.images().size(); i++) {
        BufferedImage image = one.images().get(i).image();
        assertThat(Images.pixels(same.images().get(i).image())).isEqualTo(Images.pixels(image));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void noPictureIsOnBothSides(Kind kind) {
    Set<String> learnt = new HashSet<>();
    for (int i = 0; i < 120; i++) {
      learnt.add(key(kind.make(Side.TRAINING, i)));
    }
    for (int i = 0; i < 60; i++) {
      assertThat(learnt).doesNotContain(key(kind.make(Side.HELD_OUT, i)));
    }
  }

  private static String key(Picture picture) {
    StringBuilder key = new StringBuilder(picture.prompt() + "\n" + picture.answer());
    for (Canvas image : picture.images()) {
      key.append('\n').append(java.util.Arrays.hashCode(Images.pixels(image.image())));
    }
    return key.toString();
  }

  @Test
  void wordsAndValuesBelongToOneSide() {
    Map<Side, Set<String>> drawn =
        Map.of(Side.TRAINING, new HashSet<>(), Side.HELD_OUT, new HashSet<>());
    for (Side side : Side.values()) {
      Vocabulary words = Vocabulary.of(side);
      Draw draw = Draw.of("words", 1, 1);
      for (int i = 0; i < 400; i++) {
        Set<String> of = drawn.get(side);
        of.addAll(List.of(words.firstName(draw), words.place(draw)));
        of.addAll(words.goods(draw, 3));
        of.addAll(List.of(words.date(draw), words.code(draw), words.phone(draw)));
        of.addAll(List.of(words.person(draw), words.shop(draw), words.company(draw)));
        of.add(Sums.MONEY.text(words.cents(draw, d -> d.between(1, 9_999))));
      }
    }
    assertThat(drawn.get(Side.HELD_OUT)).hasSizeGreaterThan(1_000);
    assertThat(drawn.get(Side.HELD_OUT)).doesNotContainAnyElementsOf(drawn.get(Side.TRAINING));
  }

  @Test
  void receiptsAddUp() {
    for (int i = 0; i < 200; i++) {
      Vocabulary words = Vocabulary.of(Side.TRAINING);
      Slip slip = Slip.pick(Draw.of("slip", 1, i), words, i % 2 == 0 ? "receipt" : "invoice");
      long sum = slip.goods().values().stream().mapToLong(Long::longValue).sum();
      assertThat(slip.fields().get("total")).endsWith(Sums.MONEY.text(sum));
      assertThat(slip.caption()).endsWith(" for " + slip.fields().get("total") + ".");
      for (String value : slip.fields().values()) {
        assertThat(slip.sheet().text()).contains(value);
      }
    }
  }

  @Test
  void captionsHoldTheirOwnPhrases() {
    kinds()
        .filter(kind -> kind.name().endsWith("caption") || kind.name().equals("frames"))
        .forEach(
            kind -> {
              for (int i = 0; i < 60; i++) {
                Picture picture = kind.make(Side.HELD_OUT, i);
                assertThat(picture.checks()).isNotEmpty();
                String caption = picture.answer().toLowerCase(Locale.ROOT);
                picture
                    .checks()
                    .forEach(
                        (name, phrase) ->
                            assertThat(caption).contains(phrase.toLowerCase(Locale.ROOT)));
              }
            });
  }

  @Test
  void everyStepOfASumIsRightAndTheLastIsTheAnswer() {
    kinds()
        .filter(kind -> kind.name().endsWith("sum"))
        .forEach(
            kind -> {
              for (int i = 0; i < 300; i++) {
                Picture picture = kind.make(Side.TRAINING, i);
                BigDecimal last = null;
                for (String step : picture.steps()) {
                  Matcher equation = EQUATION.matcher(step);
                  if (equation.matches()) {
                    BigDecimal a = new BigDecimal(equation.group(1));
                    BigDecimal b = new BigDecimal(equation.group(3));
                    last = equation.group(2).equals("+") ? a.add(b) : a.subtract(b);
                    assertThat(new BigDecimal(equation.group(4)))
                        .as(step)
                        .isEqualByComparingTo(last);
                  }
                }
                assertThat(last).isEqualByComparingTo(new BigDecimal(picture.answer()));
              }
            });
  }

  @Test
  void promptsForReadingAndDescribingAreTheProducts() {
    for (int i = 0; i < 40; i++) {
      Draw draw = Draw.of("prompts", 1, i);
      Workshop shop = SHOPS.get(Side.TRAINING);
      assertThat(ProductPrompts.all())
          .contains(shop.documentCaption(draw).prompt())
          .contains(shop.sceneCaption(draw).prompt());
    }
  }

  @Test
  void everyObjectHasAnOutlineOfItsOwn() {
    Set<Integer> seen = new HashSet<>();
    for (Thing thing : Thing.ALL) {
      Canvas canvas = new Canvas(64, 64, java.awt.Color.WHITE);
      canvas.fill(
          thing.in(new dev.moonflow.training.data.render.Box(2, 2, 62, 62)), java.awt.Color.BLACK);
      int[] pixels = Images.pixels(canvas.image());
      long dark = java.util.Arrays.stream(pixels).filter(p -> (p & 0xff) < 128).count();
      assertThat(dark).as(thing.word()).isBetween(250L, 3_700L);
      assertThat(seen.add(java.util.Arrays.hashCode(pixels))).as(thing.word()).isTrue();
    }
  }
}
