package dev.moonflow.training.data.small;

import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.subject.Form;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignAIkonHandler;
import org.kordamp.ikonli.materialdesign2.MaterialDesignB;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignE;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignG;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;
import org.kordamp.ikonli.materialdesign2.MaterialDesignK;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;
import org.kordamp.ikonli.materialdesign2.MaterialDesignU;

/**
 * A well-known object with its outline: an icon of the Material Design Icons (Apache License 2.0),
 * or a plain shape.
 *
 * @param word in the singular
 */
record Thing(String word, Ikon icon, Form form) {
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);
  private static final float EM = 1024;
  private static final Map<Ikon, Shape> OUTLINES = new ConcurrentHashMap<>();

  private static final class Icons {
    static final Font FONT = read();

    private static Font read() {
      try (InputStream in = new MaterialDesignAIkonHandler().getFontResourceAsStream()) {
        return Font.createFont(Font.TRUETYPE_FONT, in).deriveFont(EM);
      } catch (IOException e) {
        throw new UncheckedIOException("reading the font of the icons", e);
      } catch (FontFormatException e) {
        throw new IllegalStateException("the font of the icons is damaged", e);
      }
    }
  }

  /** All of them. */
  static final List<Thing> ALL =
      List.of(
          icon("cat", MaterialDesignC.CAT),
          icon("dog", MaterialDesignD.DOG_SIDE),
          icon("fish", MaterialDesignF.FISH),
          icon("bird", MaterialDesignB.BIRD),
          icon("horse", MaterialDesignH.HORSE_VARIANT),
          icon("rabbit", MaterialDesignR.RABBIT),
          icon("elephant", MaterialDesignE.ELEPHANT),
          icon("duck", MaterialDesignD.DUCK),
          icon("turtle", MaterialDesignT.TURTLE),
          icon("butterfly", MaterialDesignB.BUTTERFLY),
          icon("car", MaterialDesignC.CAR_SIDE),
          icon("bus", MaterialDesignB.BUS_SIDE),
          icon("truck", MaterialDesignT.TRUCK),
          icon("bicycle", MaterialDesignB.BICYCLE),
          icon("plane", MaterialDesignA.AIRPLANE),
          icon("train", MaterialDesignT.TRAIN_VARIANT),
          icon("boat", MaterialDesignS.SAIL_BOAT),
          icon("rocket", MaterialDesignR.ROCKET),
          icon("tractor", MaterialDesignT.TRACTOR),
          icon("house", MaterialDesignH.HOME),
          icon("castle", MaterialDesignC.CASTLE),
          icon("tree", MaterialDesignP.PINE_TREE),
          icon("flower", MaterialDesignF.FLOWER),
          icon("heart", MaterialDesignH.HEART),
          icon("moon", MaterialDesignM.MOON_WANING_CRESCENT),
          icon("cloud", MaterialDesignC.CLOUD),
          icon("umbrella", MaterialDesignU.UMBRELLA),
          icon("key", MaterialDesignK.KEY_VARIANT),
          icon("bell", MaterialDesignB.BELL),
          icon("book", MaterialDesignB.BOOK_OPEN_VARIANT),
          icon("cup", MaterialDesignC.CUP),
          icon("apple", MaterialDesignF.FOOD_APPLE),
          icon("carrot", MaterialDesignC.CARROT),
          icon("cake", MaterialDesignC.CAKE_VARIANT),
          icon("gift", MaterialDesignG.GIFT),
          icon("camera", MaterialDesignC.CAMERA),
          icon("hammer", MaterialDesignH.HAMMER),
          icon("lamp", MaterialDesignL.LAMP),
          icon("crown", MaterialDesignC.CROWN),
          icon("leaf", MaterialDesignL.LEAF),
          icon("mushroom", MaterialDesignM.MUSHROOM),
          icon("snowman", MaterialDesignS.SNOWMAN),
          icon("anchor", MaterialDesignA.ANCHOR),
          icon("flag", MaterialDesignF.FLAG),
          icon("bed", MaterialDesignB.BED),
          icon("sofa", MaterialDesignS.SOFA),
          icon("pencil", MaterialDesignP.PENCIL),
          icon("balloon", MaterialDesignB.BALLOON),
          icon("trophy", MaterialDesignT.TROPHY),
          shape("ball", Form.CIRCLE),
          shape("square", Form.SQUARE),
          shape("triangle", Form.TRIANGLE),
          shape("star", Form.STAR),
          shape("ring", Form.RING),
          shape("cross", Form.CROSS));

  private static Thing icon(String word, Ikon icon) {
    return new Thing(word, icon, null);
  }

  private static Thing shape(String word, Form form) {
    return new Thing(word, null, form);
  }

  /** Its outline, as large as the box allows, in the middle of it. */
  Shape in(Box box) {
    if (form != null) {
      return form.in(box);
    }
    Shape outline = OUTLINES.computeIfAbsent(icon, Thing::outline);
    Rectangle2D bounds = outline.getBounds2D();
    double scale = Math.min(box.width() / bounds.getWidth(), box.height() / bounds.getHeight());
    AffineTransform place = new AffineTransform();
    place.translate(box.centreX(), box.centreY());
    place.scale(scale, scale);
    place.translate(-bounds.getCenterX(), -bounds.getCenterY());
    return place.createTransformedShape(outline);
  }

  private static Shape outline(Ikon icon) {
    String glyph = new String(Character.toChars(icon.getCode()));
    return Icons.FONT.createGlyphVector(CONTEXT, glyph).getOutline();
  }
}
