#include "screen/letter.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace tocsin::cli {

namespace {

using base::printable;
using device::OpenLetter;
using incident::Answer;

bool is_answered(const OpenLetter& letter) {
  return letter.letter.answer != Answer::none && letter.letter.answer != Answer::seen;
}

}  // namespace

std::string words_of(const std::optional<base::Instant>& when, Answer answer) {
  std::string words{incident::to_text(answer)};
  if (when && answer == Answer::coming)
    words += fmt::format(", there at {}", base::local_clock(*when));
  if (when && answer == Answer::later) words += fmt::format(", from {}", base::local_stamp(*when));
  return words;
}

std::vector<std::string> letter_lines(const Output& out, const OpenLetter& letter,
                                      const std::string& organisation, bool waits_for_answer) {
  const incident::Notice& notice = letter.notice;
  const bool real = letter.is_real();
  std::string kind{playbook::to_text(notice.kind)};
  std::replace(kind.begin(), kind.end(), '_', ' ');
  std::vector<std::string> lines;
  lines.push_back(fmt::format(
      "[{}] {}  {}, {}", letter.letter.number,
      out.paint(real ? Paint::real : Paint::exercise, real ? " REAL INCIDENT " : " EXERCISE "),
      kind, base::local_stamp(letter.header.created)));
  const auto field = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) lines.push_back(fmt::format("    {:<11} {}", name, value));
  };
  field("incident", printable(notice.incident));
  field("called by", fmt::format("{} ({})", printable(notice.certificate.name),
                                 seal::to_text(notice.certificate.role)));
  field("signature", fmt::format("good, certified by {}", printable(organisation)));
  field("role", printable(notice.role));
  field("area", printable(notice.area));
  field("report to", printable(notice.report_to));
  field("shift", printable(notice.shift));
  if (notice.by) field("needed by", base::local_stamp(*notice.by));
  field("switchboard", printable(notice.switchboard));
  if (notice.ended) field("ended", base::local_stamp(*notice.ended));
  for (const std::string_view line : base::split(notice.text, '\n'))
    lines.push_back(fmt::format("    {}", printable(line)));
  if (is_answered(letter)) field("you said", words_of(letter.letter.when, letter.letter.answer));
  if (waits_for_answer)
    lines.push_back(out.paint(
        Paint::bold, fmt::format("    tocsin respond answer {} coming --eta MINUTES | later "
                                 "--from TIME | last-resort | no",
                                 letter.letter.number)));
  lines.emplace_back();
  return lines;
}

nlohmann::json letter_json(const OpenLetter& letter) {
  const incident::Notice& notice = letter.notice;
  nlohmann::json object = {{"number", letter.letter.number},
                           {"message", to_text(letter.header.id)},
                           {"realness", letter.is_real() ? "real" : "exercise"},
                           {"kind", playbook::to_text(notice.kind)},
                           {"incident", notice.incident},
                           {"organisation", notice.organisation},
                           {"caller", notice.certificate.name},
                           {"tier", seal::to_text(notice.certificate.role)},
                           {"text", notice.text},
                           {"area", notice.area},
                           {"role", notice.role},
                           {"report_to", notice.report_to},
                           {"shift", notice.shift},
                           {"by", nullptr},
                           {"site", notice.site},
                           {"switchboard", notice.switchboard},
                           {"ended", nullptr},
                           {"sent", base::to_rfc3339(letter.header.created)},
                           {"expires", base::to_rfc3339(letter.header.expires)},
                           {"keep_until", base::to_rfc3339(notice.keep_until)},
                           {"answer", nullptr},
                           {"answer_time", nullptr}};
  if (notice.by) object["by"] = base::to_rfc3339(*notice.by);
  if (notice.ended) object["ended"] = base::to_rfc3339(*notice.ended);
  if (is_answered(letter)) {
    object["answer"] = incident::to_text(letter.letter.answer);
    if (letter.letter.when) object["answer_time"] = base::to_rfc3339(*letter.letter.when);
  }
  return object;
}

}  // namespace tocsin::cli
