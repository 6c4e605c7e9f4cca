// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/corpus/names.h"

#include <array>
#include <string_view>

#include "tests/bench/corpus/random.h"
#include "tests/bench/corpus/vocabulary.h"

namespace dateline::bench {
namespace {

constexpr std::array<std::string_view, 40> first_names{
    "John",   "Maria",   "David",   "Anna",  "Michael", "Sarah",  "James",   "Elena",
    "Robert", "Fatima",  "Peter",   "Laura", "Thomas",  "Emma",   "Ahmed",   "Julia",
    "Daniel", "Sofia",   "Mark",    "Helen", "Paul",    "Nadia",  "Martin",  "Alice",
    "Viktor", "Claudia", "Ibrahim", "Irene", "Carlos",  "Monica", "Richard", "Teresa",
    "Simon",  "Olga",    "Andrew",  "Diana", "Stephen", "Leila",  "George",  "Susan"};

constexpr std::array<std::string_view, 12> roles{
    "president", "minister", "spokesman", "spokeswoman", "director", "senator",
    "professor", "analyst",  "governor",  "lawyer",      "coach",    "officer"};

constexpr std::array<std::string_view, 48> places{
    "Washington", "London",  "Paris",   "Moscow",   "Berlin",  "Beijing",   "Tokyo",     "Brussels",
    "New York",   "Madrid",  "Rome",    "Cairo",    "Delhi",   "Geneva",    "Vienna",    "Ottawa",
    "Canberra",   "Nairobi", "Lagos",   "Warsaw",   "Kyiv",    "Ankara",    "Tehran",    "Baghdad",
    "Seoul",      "Bangkok", "Jakarta", "Manila",   "Lisbon",  "Athens",    "Stockholm", "Oslo",
    "Helsinki",   "Dublin",  "Prague",  "Budapest", "Germany", "France",    "China",     "Russia",
    "India",      "Brazil",  "Canada",  "Japan",    "Mexico",  "Australia", "Spain",     "Italy"};

constexpr std::array<std::string_view, 8> organisations{
    "United Nations", "European Union",      "World Bank",    "NATO",
    "Red Cross",      "European Commission", "Supreme Court", "World Health Organization"};

constexpr std::array<std::string_view, 8> company_kinds{
    "Group", "Corporation", "Bank", "Airlines", "Holdings", "Institute", "Energy", "Industries"};
constexpr std::array<std::string_view, 6> town_kinds{
    "University", "City Council", "Police Department", "Hospital", "United", "Chamber of Commerce"};

constexpr std::array<std::string_view, 8> newspaper_kinds{
    "Times", "Herald", "Post", "Tribune", "Gazette", "News", "Chronicle", "Observer"};

std::string joined(std::string_view a, std::string_view b) {
  return std::string(a).append(" ").append(b);
}

// Surnames and towns have names of their own: the same word would be both a person and a place.
std::string surname(std::uint64_t rank) { return name_of_rank(2 * rank); }
std::string town(std::uint64_t rank) { return name_of_rank(2 * rank + 1); }

}  // namespace

Person person_of_rank(std::uint64_t rank) {
  const auto choice = scattered(rank);
  return {std::string(first_names[choice % first_names.size()]), surname(rank),
          std::string(roles[choice / first_names.size() % roles.size()])};
}

std::string place_of_rank(std::uint64_t rank) {
  if (rank < places.size()) return std::string(places[rank]);
  return town(rank);
}

std::string organisation_of_rank(std::uint64_t rank) {
  if (rank < organisations.size()) return std::string(organisations[rank]);
  const auto choice = scattered(rank);
  if (rank % 3 == 0) {
    return joined(place_of_rank(rank / 3), town_kinds[choice % town_kinds.size()]);
  }
  return joined(town(rank), company_kinds[choice % company_kinds.size()]);
}

std::string source_of_rank(std::uint64_t rank) {
  return joined(place_of_rank(rank / 2), newspaper_kinds[scattered(rank) % newspaper_kinds.size()]);
}

}  // namespace dateline::bench
