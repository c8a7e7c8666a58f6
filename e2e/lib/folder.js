// A folder of office files as a planning office has it: an outline, a division of work, an annex, and what strays in.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const division = `序号,任务名称,牵头单位,配合单位,完成时限
1,每个镇街至少建成1个便民商业中心，完善服务业统计监测制度,区商务局,区统计局、各镇街,2028年
2,建成区级养老服务指导中心，新建社区长者食堂25个,区民政局、区卫生健康局,各镇街,2029年底前
3,加快建设智能传感器产业园，建成标准厂房30万平方米,区投资促进局,区财政局,2028年
4,开展火星基地选址研究,区科技局,,2030年
5,建立规划实施年度监测、中期评估和总结评估制度,区发展改革局,区蓝鲸事务局,2025年6月
`;
const annex = `指标,单位,2025年,2030年,属性
研发经费投入强度,%,2.6,3.2,预期性
每千人口托位数,个,3.9,5.2,预期性
森林覆盖率,%,41.2,41.2,约束性
`;
const note = '各科室周五前报下周用餐人数。\n';

/** Writes the files beside the outline and gives their paths. */
export function officeFolder(folder, outline) {
  const files = { '任务分工表.csv': division, '指标附表.csv': annex, '用餐.txt': note };
  const paths = Object.entries(files).map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  });
  return [outline, ...paths];
}
