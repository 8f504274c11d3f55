alter table flow_steps drop column cards, drop column bytes_sent, drop column bytes_received;
