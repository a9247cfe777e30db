"""What the content is made of: every kind of it that has folders of its own."""

from newsroom.content.articles import ARTICLE
from newsroom.content.editions import EDITION
from newsroom.content.pages import PAGE
from newsroom.content.threads import THREAD
from newsroom.content.topics import TOPIC

KINDS = (ARTICLE, TOPIC, THREAD, EDITION, PAGE)
