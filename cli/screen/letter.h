// How a letter looks on a responder's terminal, and its JSON (tocsin-respond(1)).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "device/terminal.h"
#include "screen/output.h"

namespace tocsin::cli {

// "coming, there at 23:05"
std::string words_of(const std::optional<base::Instant>& when, incident::Answer answer);

std::vector<std::string> letter_lines(const Output& out, const device::OpenLetter& letter,
                                      const std::string& organisation, bool waits_for_answer);
nlohmann::json letter_json(const device::OpenLetter& letter);

}  // namespace tocsin::cli
