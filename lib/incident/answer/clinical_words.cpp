#include "incident/answer/clinical_words.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "incident/answer/spelling.h"
#include "playbook/screen.h"

namespace tocsin::incident {

namespace {

using base::Instant;

bool is_any(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// A word that is written of a patient's condition, whoever it is.
bool is_finding(std::string_view word) {
  static constexpr auto kFindings = std::to_array<std::string_view>(
      {"dob",           "mrn",         "gcs",         "sats",         "spo2",
       "intubated",     "ventilated",  "haemorrhage", "hemorrhage",   "haemorrhaging",
       "sepsis",        "septic",      "fracture",    "fractures",    "crossmatch",
       "bloods",        "hypotensive", "tachycardic", "unresponsive", "prealert",
       "comorbidities", "ctpa",        "nof",         "sdh",          "stemi",
       "nstemi"});
  return is_any(word, kFindings);
}

// Alone it may be said of work ("with a patient till 9"), with another it is of somebody.
bool is_trace(std::span<const Token> tokens, std::size_t i) {
  static constexpr auto kPatients = std::to_array<std::string_view>(
      {"patient", "patients", "pt", "pts", "pacjent", "pacjenta", "pacjentem", "pacjentka",
       "pacjentke", "pacjentki", "pacjentow", "pacjenci", "cleifion", "claf", "mareez", "mariz",
       "مریض", "مریضوں"});
  static constexpr auto kTitles = std::to_array<std::string_view>({"mr", "mrs", "miss", "baby"});
  static constexpr auto kPlaces =
      std::to_array<std::string_view>({"bed", "bay", "cot", "cubicle", "resus", "lozko", "gwely"});
  static constexpr auto kSigns = std::to_array<std::string_view>(
      {"bp",   "hr",    "rr",      "hb",      "news", "rtc",     "arrested", "crashing", "bleeding",
       "stab", "wound", "seizure", "spiking", "iv",   "cannula", "ct",       "ecg",      "xray",
       "itu",  "nicu",  "theatre", "calcium", "fall", "stroke",  "chest"});
  static constexpr auto kAges = std::to_array<std::string_view>({"f", "yo", "yr", "yrs", "year"});
  const std::string_view word = tokens[i].text;
  const bool has_next = i + 1 < tokens.size();
  const bool before_number = has_next && tokens[i + 1].kind == Token::Kind::number;
  const bool after_number = i > 0 && tokens[i - 1].kind == Token::Kind::number;
  if (is_any(word, kPatients)) return !(i > 0 && tokens[i - 1].text == "be");
  if (is_any(word, kTitles)) return has_next && tokens[i + 1].kind == Token::Kind::word;
  if (is_any(word, kPlaces)) return before_number;
  if (is_any(word, kAges)) return after_number && (tokens[i].is_joined || word != "f");
  return is_any(word, kSigns) && (before_number || word.size() > 3 || word == "nof");
}

bool speaks_of_patients(std::span<const Token> tokens) {
  int traces = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != Token::Kind::word) continue;
    if (is_finding(tokens[i].text)) return true;
    traces += is_trace(tokens, i) ? 1 : 0;
  }
  return traces >= 2;
}

// The day on which somebody is back is no date of birth.
bool is_near(std::string_view date, Instant now) {
  constexpr std::size_t kLongestDate = 20;
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(now)};
  for (const int year : {static_cast<int>(day.year()), static_cast<int>(day.year()) + 1})
    if (date.substr(0, kLongestDate).find(std::to_string(year)) != std::string_view::npos)
      return true;
  return false;
}

}  // namespace

bool is_clinical(std::string_view plain, Instant now) {
  using playbook::Screen;
  constexpr std::size_t kMostWords = 2000;
  if (!playbook::find_patient_details(plain, Screen::remark).empty()) return true;
  const auto sightings = playbook::find_patient_details(plain, Screen::text);
  const bool has_date = std::ranges::any_of(sightings, [&](const playbook::Sighting& sighting) {
    return !is_near(plain.substr(sighting.offset), now);
  });
  return has_date || speaks_of_patients(tokens_of(plain, kMostWords));
}

}  // namespace tocsin::incident
