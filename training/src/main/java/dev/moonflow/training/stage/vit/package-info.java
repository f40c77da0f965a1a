/**
 * Training of the vision tower alone (SPEC section 12.2): SigLIP between images and their texts
 * plus twice the cross-entropy of a captioner that looks at the patches, in the manner of CoCa.
 *
 * <pre>
 *   image -- tower -- patches --+-- attention pool -- projection --+
 *                               |                                  +-- SigLIP
 *   text ----- encoder -------- | --- last token -- projection ----+
 *        +---- decoder ---------+ (cross-attention) -------------------- cross-entropy
 * </pre>
 *
 * <p>Everything but the tower is a companion: saved with the run so that it resumes exactly, and no
 * part of the model that comes out.
 */
package dev.moonflow.training.stage.vit;
