#include "input/playbook_file.h"

#include "base/file.h"
#include "playbook/judging/judge.h"
#include "playbook/reading/bounds.h"

namespace tocsin::cli {

playbook::Reading read_playbook(const std::string& file) {
  playbook::Reading reading =
      playbook::read_playbook(base::read_file(file, playbook::kLargestPlaybook), file);
  document::Findings findings;
  playbook::judge(reading, findings);
  findings.throw_if_errors("playbook");
  return reading;
}

}  // namespace tocsin::cli
