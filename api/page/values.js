// Values that the API gives in Chinese whatever the language, and the codes of what is shown for them.
import { text } from "./common.js";

const CODES = {
  发明: "page-value-invention", 实用新型: "page-value-utility-model", 外观设计: "page-value-design",
  有效: "page-value-in-force", 审中: "page-value-pending", 失效: "page-value-lapsed", 未知: "page-value-unknown",
  标题: "page-value-title", 摘要: "page-value-abstract", 权利要求: "page-value-claims", 标题摘要: "page-value-title-and-abstract",
  相近: "page-value-close", 部分: "page-value-partly", 未见: "page-value-not-seen",
  优先权日: "page-value-priority-date", 申请日: "page-value-filing-date",
};

/** A value as the reader calls it. */
export const shown = (value) => (Object.hasOwn(CODES, value) ? text(CODES[value]) : value);

/** Verdicts of prior art, the nearest first. */
export const VERDICTS = ["相近", "部分", "未见"];

/** What a node of a chain stands beside, from its label; undefined for the others. */
export const besideOf = (label) => label.match(/（旁支：(.*)）$| \(beside (.*)\)$/)?.slice(1).find(Boolean);
/** The name of a node without its place in the chain. */
export const nodeName = (label) => label.trim().replace(/（旁支：.*）$| \(beside .*\)$/, "");
/** Whether a node is below another one. */
export const isBelow = (label) => label.startsWith("　");

/** 贵州大学（12） without its count. */
export const bare = (name) => name.replace(/（\d+）$/, "");
