/**
 * Where the text of a page stands: from the pixels of a scan or a rendered page to straight lines
 * of text in reading order, without a model. {@link dev.moonflow.model.layout.PageAnalyzer} is
 * where a program begins.
 *
 * <pre>
 *   RgbImage ─► GrayPage ─► InkRuns ─► Components ─► pose ─┬─► straight? ──────────┐
 *              (reduced)  (paper per    (boxes of          │                       ▼
 *                          tile)         touching ink)     └─► straightened ─► Segments ─► ReadingOrder
 *                                                                                              │
 *                              RgbImage ─► LineCrops ◄── TextLine ◄── PageLayout ◄─────────────┘
 * </pre>
 *
 * <p>Two systems of coordinates, both in pixels with x to the right and y down, both at the full
 * resolution of the image: <em>page</em> is the image as it came, <em>straight</em> is the image
 * turned upright and with its skew taken out. {@link dev.moonflow.model.layout.PageTransform} goes
 * between them. Finding works on a page reduced to at most 600,000 pixels, so that its time is
 * bounded; boxes are therefore exact to about one reduced pixel, two pixels of A4 at 150 dpi.
 *
 * <p>Everything is deterministic, single-threaded and without state between pages. May use kernels'
 * image type alone.
 */
package dev.moonflow.model.layout;
