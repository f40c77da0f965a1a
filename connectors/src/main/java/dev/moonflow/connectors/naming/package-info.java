/**
 * Words for people: help for whoever mistypes a name, in settings and in recipes, and what
 * libraries say of their failures. Uses nothing but Java.
 */
package dev.moonflow.connectors.naming;
