"""Roll-out works: cable, poles, boxes, rooms, planned against done."""
