package dev.moonflow.jobs.demo.samples;

/** Linear colour, each channel about [0, 1]; values outside are clipped when packed. */
record Color3(double r, double g, double b) {

  /** From {@code 0xRRGGBB}. */
  static Color3 of(int rgb) {
    return new Color3(((rgb >> 16) & 255) / 255.0, ((rgb >> 8) & 255) / 255.0, (rgb & 255) / 255.0);
  }

  Color3 mix(Color3 other, double t) {
    double k = Math.max(0, Math.min(1, t));
    return new Color3(r + (other.r - r) * k, g + (other.g - g) * k, b + (other.b - b) * k);
  }

  Color3 scale(double k) {
    return new Color3(r * k, g * k, b * k);
  }

  Color3 plus(double d) {
    return new Color3(r + d, g + d, b + d);
  }

  /** To {@code 0xRRGGBB}. */
  int packed() {
    return (channel(r) << 16) | (channel(g) << 8) | channel(b);
  }

  private static int channel(double v) {
    return (int) Math.round(Math.max(0, Math.min(1, v)) * 255);
  }
}
