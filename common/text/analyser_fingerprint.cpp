// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/analyser_fingerprint.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/uversion.h>
#include <xapian.h>

#include <array>
#include <string_view>

#include "common/hash.h"
#include "common/text/sentences.h"
#include "common/text/stemmer.h"
#include "common/text/tokenizer.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

struct Sample {
  const char* language;
  std::string_view text;
};

/// For each language with a stemmer, the first article of the Universal Declaration of Human Rights
/// or the like; and for "xx", which has none, what words may look like.
constexpr std::array samples{
    Sample{"ar",
           "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق، وقد وهبوا عقلا وضميرا وعليهم أن "
           "يعامل بعضهم بعضا بروح الإخاء."},
    Sample{"ca",
           "Tots els éssers humans neixen lliures i iguals en dignitat i en drets. Són dotats de "
           "raó i de consciència, i han de comportar-se fraternalment els uns amb els altres."},
    Sample{"da",
           "Alle mennesker er født frie og lige i værdighed og rettigheder. De er udstyret med "
           "fornuft og samvittighed, og de bør handle mod hverandre i en broderskabets ånd."},
    Sample{"de",
           "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft "
           "und Gewissen begabt und sollen einander im Geiste der Brüderlichkeit begegnen."},
    Sample{"en",
           "All human beings are born free and equal in dignity and rights. They are endowed with "
           "reason and conscience and should act towards one another in a spirit of brotherhood. "
           "Governments announced generalisations; cities flying, tried, agreed, happily."},
    Sample{"es",
           "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como "
           "están de razón y conciencia, deben comportarse fraternalmente los unos con los otros."},
    Sample{
        "eu",
        "Gizon-emakume guztiak aske jaiotzen dira, duintasun eta eskubide berberak dituztela; "
        "eta ezaguera eta kontzientzia dutenez gero, elkarren artean senide legez jokatu beharra "
        "dute."},
    Sample{
        "fi",
        "Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan. Heille on "
        "annettu järki ja omatunto, ja heidän on toimittava toisiaan kohtaan veljeyden hengessä."},
    Sample{
        "fr",
        "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués "
        "de raison et de conscience et doivent agir les uns envers les autres dans un esprit de "
        "fraternité. L'État n'aurait qu'à finir."},
    Sample{"ga",
           "Saolaítear na daoine uile saor agus comhionann ina ndínit agus ina gcearta. Tá bua an "
           "réasúin agus an choinsiasa acu agus dlíd iad féin d'iompar de mheon bráithreachais."},
    Sample{"hu",
           "Minden emberi lény szabadon születik és egyenlő méltósága és joga van. Az emberek, "
           "ésszel és lelkiismerettel bírván, egymással szemben testvéri szellemben kell hogy "
           "viseltessenek."},
    Sample{"hy",
           "Բոլոր մարդիկ ծնվում են ազատ ու հավասար իրենց արժանապատվությամբ ու իրավունքներով։ Նրանք "
           "ունեն բանականություն ու խիղճ, միմյանց պետք է եղբայրաբար վերաբերվեն։"},
    Sample{"id",
           "Semua orang dilahirkan merdeka dan mempunyai martabat dan hak-hak yang sama. Mereka "
           "dikaruniai akal dan hati nurani dan hendaknya bergaul satu sama lain dalam semangat "
           "persaudaraan."},
    Sample{"it",
           "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati "
           "di ragione e di coscienza e devono agire gli uni verso gli altri in spirito di "
           "fratellanza."},
    Sample{"lt",
           "Visi žmonės gimsta laisvi ir lygūs savo orumu ir teisėmis. Jiems suteiktas protas ir "
           "sąžinė, ir jie turi elgtis vienas kito atžvilgiu kaip broliai."},
    Sample{"ne",
           "सबै व्यक्तिहरू जन्मजात स्वतन्त्र हुन् ती सबैको समान अधिकार र महत्व छ। निजहरूमा विचार शक्ति र "
           "सद्विचार भएकोले निजहरूले आपसमा भातृत्वको भावनाबाट व्यवहार गर्नु पर्छ।"},
    Sample{
        "nl",
        "Alle mensen worden vrij en gelijk in waardigheid en rechten geboren. Zij zijn begiftigd "
        "met verstand en geweten, en behoren zich jegens elkander in een geest van broederschap "
        "te gedragen."},
    Sample{"nn",
           "Alle menneske er fødde til fridom og med same menneskeverd og menneskerettar. Dei har "
           "fått fornuft og samvit og skal leve med kvarandre som brør."},
    Sample{"no",
           "Alle mennesker er født frie og med samme menneskeverd og menneskerettigheter. De er "
           "utstyrt med fornuft og samvittighet og bør handle mot hverandre i brorskapets ånd."},
    Sample{
        "pt",
        "Todos os seres humanos nascem livres e iguais em dignidade e em direitos. Dotados de "
        "razão e de consciência, devem agir uns para com os outros em espírito de fraternidade."},
    Sample{"ro",
           "Toate ființele umane se nasc libere și egale în demnitate și în drepturi. Ele sunt "
           "înzestrate cu rațiune și conștiință și trebuie să se comporte unele față de altele în "
           "spiritul fraternității."},
    Sample{"ru",
           "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены "
           "разумом и совестью и должны поступать в отношении друг друга в духе братства. Ёлки."},
    Sample{"sv",
           "Alla människor är födda fria och lika i värde och rättigheter. De har utrustats med "
           "förnuft och samvete och bör handla gentemot varandra i en anda av broderskap."},
    Sample{
        "ta",
        "மனிதப் பிறவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்; அவர்கள் மதிப்பிலும், உரிமைகளிலும் சமமானவர்கள், "
        "அவர்கள் நியாயத்தையும் மனச்சாட்சியையும் இயற்பண்பாகப் பெற்றவர்கள்."},
    Sample{"tr",
           "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana "
           "sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler. "
           "İSTANBUL ısı"},
    Sample{"xx",
           "Mr. J. Smith of AT&T paid 1,000.50 dollars in the U.S.'s north. “Don’t!” O'Brien said. "
           "Усі люди народжуються вільними. Όλοι οι άνθρωποι γεννιούνται ελεύθεροι. "
           "כל בני האדם נולדו. 人人生而自由。 すべての人間は カタカナ ｶﾀｶﾅ 모든 인간은 "
           "มนุษย์ทั้งหลาย មនុស្ស ﬁn ǅ ẞ Ǆ Å ø ł ½ Ⅻ e\u0301 \u200B ÿ\u0308 𝐀 𠀀"},
};

/// Everything that the index and the searcher make of a text, run together.
std::string analysed(const Sample& sample) {
  std::string all;
  Stemmer stemmer(sample.language);
  for (Tokenizer words(sample.text); words.next();) {
    all += fmt::format("{}\n{}\n{}\n", words.word(), strip_diacritics(words.word()),
                       stemmer.stem_of(words.word()));
  }
  for (const auto start : sentence_starts(sample.text)) all += fmt::format("{}\n", start);
  return all + lower_case(sample.text) + fold_name(sample.text);
}

std::string fingerprint() {
  UVersionInfo unicode{};
  u_getUnicodeVersion(unicode);
  auto all = fmt::format("{}\n{}.{}\n", analyser_version, unicode[0], unicode[1]);
  for (const auto& sample : samples) {
    all += fmt::format("{} {}\n", sample.language, has_stemmer(sample.language));
    all += analysed(sample);
  }
  const auto d = digest(all);
  return fmt::format("{:016x}{:016x}", d.high, d.low);
}

}  // namespace

const std::string& analyser_fingerprint() {
  static const std::string known = fingerprint();
  return known;
}

std::string analyser_versions() {
  UVersionInfo icu{};
  u_getVersion(icu);
  return fmt::format("dateline {}, Xapian {}, ICU {}.{}", analyser_version,
                     Xapian::version_string(), icu[0], icu[1]);
}

}  // namespace dateline
