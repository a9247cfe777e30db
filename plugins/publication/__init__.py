"""The one place that changes what is published: in place for a preview, as a release for the public."""
