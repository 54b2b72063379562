"""A result under the names of other people's data models; `report/formats` has each as a format."""
