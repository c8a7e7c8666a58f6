# 管理：栏目和一句说明。

administration-note = 系统、安全、审计三员分设：各管一摊，互不兼任，也不作规划决定。这里只列您能进的栏目。
administration-nothing = 您目前没有可进的管理栏目。需要时请找安全管理员。
section-accounts = 账号
section-accounts-what = 谁能登录，是哪个单位的，有哪些角色；新建、停用、重设密码。
section-rights = 权限
section-rights-what = 每个角色能办什么，谁有什么角色，为什么能办、不能办；可导出。
