"""The files of the theme, and the policy that names them."""
