// What the words of an answer mean, in every language at once: people mix them. A phrase has one
// meaning, and the longest one that fits counts, so that "not coming" is never read as "coming".
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "incident/answer/spelling.h"

namespace tocsin::incident {

enum class Meaning : std::uint8_t {
  filler,  // says nothing about the answer; with the value 1 of home or work, 2 "option"
  unknown,
  // Answers.
  yes,
  okay,         // yes, or only "I have read it"; with the value 2 how long they can
  coming,       // they come; with the value 1 they only say that they can
  there,        // they will be there; an answer with a time only
  no,           // no, or cannot
  not_now,      // not at once: later, when a time follows
  not_tonight,  // the same, and a no by itself
  later,
  last_resort,
  here,         // they have arrived
  at_hospital,  // they are there, or will be at a time that follows
  leaving,      // they leave; with the value 1 it is clear what
  departs,      // they leave somewhere
  sets_off,     // they leave home to come
  stop,         // no more messages
  // What changes an answer.
  regret,    // sorry
  excuse,    // a reason to refuse; with the value 1 by itself
  hedge,     // maybe, if, a correction, somebody else: never guessed
  negation,  // not, without what it denies
  asks,      // begins a question; with the value 1 only at the beginning of a clause
  but,
  so,
  because,
  only_if,   // before a shortage a last resort, else a hedge
  shortage,  // short, desperate, nobody else
  // Times.
  number,    // with a value
  duration,  // with a value in minutes
  minutes,
  hours,
  half,
  quarter,
  half_to,  // wpol do: half an hour before
  past,     // half past
  to,       // quarter to; a range
  in,       // before a duration
  eta,      // before a duration or a time of day
  at,
  by,
  from,  // begins a time from when
  after,
  not_before,
  until,    // with the value 1 it is also a word that says nothing
  lasting,  // for: before a time of day it is "by", before a duration how long
  onwards,  // after a time: from then on
  about,
  at_least,
  ago,
  am,
  pm,
  morning,
  evening,  // evening, afternoon, night
  oclock,   // with the value 1: by then
  tomorrow,
  weekday,  // with a value, 0 is Sunday
  midday,
  midnight,
  both,  // and
};

struct Phrase {
  Meaning meaning = Meaning::unknown;
  int value = 0;
  std::size_t tokens = 1;
};

// What the longest phrase at the beginning of `tokens` means, which are not empty. Misspelt long
// words are found. What is unknown is one token.
Phrase phrase_at(std::span<const Token> tokens);

// A line of a table: phrases of one meaning, with "|" between them.
struct Words {
  Meaning meaning;
  std::string_view phrases;
  int value = 0;
};
std::span<const Words> english_words();
std::span<const Words> welsh_words();
std::span<const Words> polish_words();
std::span<const Words> urdu_words();

}  // namespace tocsin::incident
