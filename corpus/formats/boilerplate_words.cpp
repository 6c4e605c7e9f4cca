// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/boilerplate_words.h"

namespace dateline {

const std::unordered_set<std::string_view>& furniture_lines() {
  static const std::unordered_set<std::string_view> lines{
      "ad", "ads", "advert", "advertisement", "advertisement advertisement",
      "advertisement continue reading the main story", "sponsored", "sponsored content", "skip ad",
      "skip advertisement", "skip to content", "skip to main content", "story continued below",
      "story continues below", "story continues below advertisement", "article continues below",
      "article continues below advertisement", "continue reading", "continue reading below",
      "continue reading the main story", "read more", "read more here", "read the full story",
      "more on this", "more on this story", "related", "related articles", "related content",
      "related links", "related news", "related posts", "related stories", "related topics",
      "see also", "also read", "also see", "most read", "most popular", "recommended",
      "recommended for you", "you may also like", "you might also like", "trending", "trending now",
      "top stories", "latest news", "load more", "loading", "back to top", "share", "share this",
      "share this article", "share this story", "share this post", "share this page",
      "share tweet post email", "share this article share tweet post email", "tweet", "tweet this",
      "email", "email this", "print", "print this", "facebook", "twitter", "whatsapp", "linkedin",
      "pinterest", "reddit", "telegram", "instagram", "youtube", "copy link", "link copied",
      "share on", "follow us", "subscribe", "subscribe now", "sign up", "sign up now",
      "sign up here", "sign in", "log in", "newsletter", "newsletters", "newsletter sign up",
      "comment", "comments", "0 comments", "view comments", "show comments", "hide comments",
      "read comments", "view all comments", "no comments", "no comments yet", "comments are closed",
      "be the first to comment", "join the conversation", "accept cookies", "accept all cookies",
      "cookie settings", "privacy policy", "terms of use", "terms of service", "pullquote",
      "toggle caption", "enlarge this image", "click to enlarge", "hide caption", "getty images",
      // German, French, Spanish, Italian, Portuguese, Dutch, Russian
      "anzeige", "werbung", "teilen", "kommentare", "mehr zum thema", "lesen sie auch", "publicité",
      "partager", "commentaires", "lire aussi", "à lire aussi", "lire la suite", "publicidad",
      "compartir", "comentarios", "lee también", "leer más", "te puede interesar", "pubblicità",
      "condividi", "commenti", "leggi anche", "leggi tutto", "publicidade", "compartilhar",
      "partilhar", "comentários", "leia também", "leia mais", "advertentie", "delen", "reacties",
      "lees ook", "lees meer", "реклама", "поделиться", "комментарии", "читайте также"};
  return lines;
}

const std::unordered_set<std::string_view>& comment_prompts() {
  static const std::unordered_set<std::string_view> prompts{
      "leave a comment",         "leave a reply",
      "leave your comment",      "leave a reply cancel reply",
      "post a comment",          "add a comment",
      "write a comment",         "schreiben sie einen kommentar",
      "kommentar schreiben",     "laisser un commentaire",
      "deja un comentario",      "deja una respuesta",
      "lascia un commento",      "deixe um comentário",
      "laat een reactie achter", "оставить комментарий"};
  return prompts;
}

const std::unordered_set<std::string_view>& furniture_labels() {
  static const std::unordered_set<std::string_view> labels{"read more",       "read also",
                                                           "also read",       "read next",
                                                           "related",         "related articles",
                                                           "related stories", "see also",
                                                           "also see",        "more",
                                                           "watch",           "listen",
                                                           "photos",          "in photos",
                                                           "gallery",         "share this",
                                                           "share",           "follow us",
                                                           "filed under",     "tags",
                                                           "click here",      "don t miss",
                                                           "contributing",    "reporting by",
                                                           "mehr zum thema",  "lesen sie auch",
                                                           "lire aussi",      "à lire aussi",
                                                           "lee también",     "leggi anche",
                                                           "leia também",     "lees ook",
                                                           "читайте также"};
  return labels;
}

const std::unordered_set<std::string_view>& image_labels() {
  static const std::unordered_set<std::string_view> labels{
      "photo", "photo by",     "photo credit", "photograph",      "photo courtesy of",
      "image", "image credit", "image source", "image copyright", "picture",
      "file",  "file photo",   "file image",   "file picture",    "illustration",
      "foto",  "bild",         "crédit photo", "crédits"};
  return labels;
}

}  // namespace dateline
