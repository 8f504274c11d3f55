delete from notifications where kind in ('flow', 'approval');
delete from notification_settings where kind in ('flow', 'approval');
alter table notifications drop constraint notifications_kind_known;
-- squawk-ignore constraint-missing-not-valid
alter table notifications add constraint notifications_kind_known check (
  kind in ('assigned', 'mentioned', 'commented', 'due')
);
alter table notification_settings drop constraint notification_settings_kind_known;
-- squawk-ignore constraint-missing-not-valid
alter table notification_settings add constraint notification_settings_kind_known check (
  kind in ('assigned', 'mentioned', 'commented', 'due')
);
alter table flow_runs drop column kind;
alter table flow_runs drop column input;
alter table flow_runs drop column state;
alter table flow_runs drop column again_of;
alter table flow_runs drop column called_by;
drop table flow_approvals;
drop table flow_steps;
drop table webhook_deliveries;
drop table flow_secrets;
drop table egress_hosts;
